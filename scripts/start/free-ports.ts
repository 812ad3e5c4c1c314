// The demo's ports, looked at before anything starts: what has them is another start or another program, and the reader of the
// message can do something about it.

import { createServer } from 'node:net'

export async function refuseTakenPorts(ports: readonly number[]): Promise<void> {
  for (const port of ports) await refuseTakenPort(port)
}

async function refuseTakenPort(port: number): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(isTaken(error) ? `port ${port} is taken, by another start or another program: --port-base N moves the ports` : error.message)))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()))
  })
}

function isTaken(error: Error): boolean {
  return 'code' in error && error.code === 'EADDRINUSE'
}
