// A real S3-compatible service in front of a folder. It knows no signatures of today's kind, so every request passes a gate first
// that counts each one again from what came over the wire, by AWS's own recipe, and turns away what is signed otherwise.

import { spawn } from 'node:child_process'
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as askHttp, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PROGRAM = join(import.meta.dirname, '../../node_modules/s3rver/bin/s3rver.js')
export const S3_KEY = 'S3RVER'
export const S3_SECRET = 'S3RVER'
export const S3_BUCKET = 'boai-photos'

export interface S3Service {
  endpoint: string
  /** The next answers have this status, and nothing is done. */
  failWith(statuses: readonly number[]): void
  stop(): Promise<void>
}

export interface SignedRequest {
  method: string
  /** As it was sent. */
  path: string
  headers: IncomingHttpHeaders
  body: Uint8Array
}

const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Signature Version 4 over headers, as AWS writes it down. */
export function isSignedRight({ method, path, headers, body }: SignedRequest, secret: string): boolean {
  const [, date = '', region = '', signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '') ?? []
  const digest = String(headers['x-amz-content-sha256'])
  if (digest !== sha256(body)) return false
  const [name = '', question = ''] = path.split('?')
  const canonical = [
    method, name, question.split('&').filter((part) => part !== '').map((part) => (part.includes('=') ? part : `${part}=`)).toSorted().join('&'),
    ...signed.split(';').map((header) => `${header}:${String(headers[header]).trim()}`), '', signed, digest,
  ].join('\n')
  const scope = `${date}/${region}/s3/aws4_request`
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), 's3'), 'aws4_request')
  const right = hmac(key, `AWS4-HMAC-SHA256\n${String(headers['x-amz-date'])}\n${scope}\n${sha256(canonical)}`)
  return signature.length === 64 && timingSafeEqual(right, Buffer.from(signature, 'hex'))
}

export async function startS3(): Promise<S3Service> {
  const folder = mkdtempSync(join(tmpdir(), 'boai-s3-'))
  // Its marks between pages are made with a cipher that Node leaves out by itself; it is a process of its own for that.
  const service = spawn(process.execPath, ['--openssl-legacy-provider', PROGRAM, '-d', folder, '-a', '127.0.0.1', '-p', '0', '-s', '--configure-bucket', S3_BUCKET], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await portOf(service.stdout)
  let failing: readonly number[] = []
  const gate = createServer((request, response) => {
    void readAll(request).then((body) => {
      const { method = '', url: path = '', headers } = request
      const [status, ...more] = failing
      if (status !== undefined) {
        failing = more
        return response.writeHead(status).end('<Error><Code>SlowDown</Code></Error>')
      }
      if (!isSignedRight({ method, path, headers, body }, S3_SECRET)) return response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
      return passOn({ method, path, headers, body }, port, response)
    })
  })
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    failWith: (statuses) => {
      failing = statuses
    },
    stop: async () => {
      gate.closeAllConnections()
      await new Promise((resolve) => gate.close(resolve))
      service.kill()
      await once(service, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function portOf(said: NodeJS.ReadableStream): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = ''
    said.on('data', (part: Buffer) => {
      text += part.toString('utf8')
      const [, port] = /listening on [\d.]+:(\d+)/.exec(text) ?? []
      if (port !== undefined) resolve(Number(port))
    })
    said.on('end', () => reject(new Error(`the S3 service did not start: ${text}`)))
  })
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function passOn({ method, path, headers, body }: SignedRequest, port: number, response: ServerResponse): void {
  const asked = askHttp({ host: '127.0.0.1', port, method, path, headers: { ...headers, connection: 'close' } }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  })
  asked.on('error', () => response.destroy())
  asked.end(body)
}
