// `npm run gallery`: every screen in every state, with no station. `-- --port N` moves it.
import { parseArgs } from 'node:util'
import { createServer } from 'vite'

const { values } = parseArgs({ options: { port: { type: 'string', default: '5199' } } })
const server = await createServer({ configFile: 'vite.gallery.config.ts', server: { host: '127.0.0.1', port: Number(values.port) } })
await server.listen()
server.printUrls()
