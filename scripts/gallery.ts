// `npm run gallery`: every screen in every state, with no station. `-- --port N` moves it.
import { createServer } from 'vite'
import { readCommandLine, readPort } from './command-line.ts'

const { values } = readCommandLine('npm run gallery', '[--port N]', { options: { port: { type: 'string', default: '5199' } } })
const server = await createServer({ configFile: 'vite.gallery.config.ts', server: { host: '127.0.0.1', port: readPort('npm run gallery', '--port', values.port) } })
await server.listen()
server.printUrls()
