// Which signs a TrueType font draws, from its table `cmap` (OpenType 1.9, formats 4 and 12, the two that fonts of today have).

const CMAP = 'cmap'

/** Code points; none where the font maps none. */
export function pointsOf(font: Uint8Array): ReadonlySet<number> {
  const bytes = Buffer.from(font.buffer, font.byteOffset, font.byteLength)
  const points = new Set<number>()
  const cmap = tableOf(bytes, CMAP)
  if (cmap === null) return points
  for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
    const subtable = cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4))
    const format = subtable.readUInt16BE(0)
    if (format === 4) readSegments(subtable, points)
    else if (format === 12) readGroups(subtable, points)
  }
  return points
}

function tableOf(bytes: Buffer, name: string): Buffer | null {
  for (let index = 0; index < bytes.readUInt16BE(4); index += 1) {
    const record = 12 + index * 16
    if (bytes.toString('latin1', record, record + 4) === name) return bytes.subarray(bytes.readUInt32BE(record + 8), bytes.readUInt32BE(record + 8) + bytes.readUInt32BE(record + 12))
  }
  return null
}

/** Format 4: segments of the basic plane; glyph 0 is none. */
function readSegments(table: Buffer, points: Set<number>): void {
  const length = table.readUInt16BE(6)
  const [ends, starts, deltas, offsets] = [14, 16 + length, 16 + 2 * length, 16 + 3 * length]
  for (let at = 0; at < length; at += 2) {
    const [end, start, delta, offset] = [table.readUInt16BE(ends + at), table.readUInt16BE(starts + at), table.readUInt16BE(deltas + at), table.readUInt16BE(offsets + at)]
    for (let point = start; point <= end && point < 0xffff; point += 1) {
      const glyph = offset === 0 ? (point + delta) & 0xffff : table.readUInt16BE(offsets + at + offset + 2 * (point - start))
      if (glyph !== 0) points.add(point)
    }
  }
}

/** Format 12: groups of all planes. */
function readGroups(table: Buffer, points: Set<number>): void {
  for (let index = 0; index < table.readUInt32BE(12); index += 1) {
    const group = 16 + index * 12
    const [first, last, glyph] = [table.readUInt32BE(group), table.readUInt32BE(group + 4), table.readUInt32BE(group + 8)]
    for (let point = first; point <= last; point += 1) if (glyph + point - first !== 0) points.add(point)
  }
}
