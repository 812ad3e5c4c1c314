// Brings the dictionary to the page: one file beside it, unpacked here, once, after the first screen stands. Works without a
// network, as the page itself does.

import { type Dictionary, openDictionary } from './dictionary.ts'

const GZIP_MARK = 0x1f

export async function loadDictionary(url: string): Promise<Dictionary> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`the dictionary was answered with ${answer.status}`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  // A server may have unpacked it on the way.
  return openDictionary(bytes[0] === GZIP_MARK ? await unpacked(bytes) : bytes)
}

async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
