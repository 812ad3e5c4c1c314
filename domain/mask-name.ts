// A name as a public screen may show it. Cut by code point, so that a rare character outside the basic plane stays whole.

/** A masked name fits every wire (at most two code units a sign), however long the name on file is. */
const SHOWN_SIGNS_MAX = 24

const COMPOUND_SURNAMES = new Set([
  '欧阳', '司马', '上官', '诸葛', '司徒', '东方', '独孤', '南宫', '夏侯', '皇甫', '尉迟', '公孙', '慕容', '令狐', '长孙', '宇文',
  '轩辕', '端木', '百里', '东郭', '南门', '呼延', '闻人', '公羊', '赫连', '澹台', '拓跋', '西门', '完颜', '纳兰', '申屠', '太史',
])

/** 张伟强 → 张*; 欧阳娜 → 欧阳*; 肉孜艾力·买买提 → 肉孜艾力·*; John → J*; nothing → *. */
export function maskName(name: string): string {
  const signs = [...name.trim()]
  if (signs.length === 0) return '*'
  const dot = signs.findIndex((sign) => sign === '·' || sign === '•' || sign === '・')
  // A dot with nothing behind it hides nothing: then what stands before it is the whole name.
  if (dot > 0 && dot < signs.length - 1) return `${signs.slice(0, Math.min(dot, SHOWN_SIGNS_MAX)).join('').trim()}·*`
  const firstTwo = signs.slice(0, 2).join('')
  if (signs.length > 2 && COMPOUND_SURNAMES.has(firstTwo)) return `${firstTwo}*`
  return `${signs[0] ?? ''}*`
}
