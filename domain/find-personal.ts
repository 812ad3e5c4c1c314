// Where a text says who somebody is or how to reach him: telephone and identity numbers, plates, accounts, names, door numbers.
// Pointed out to whoever writes and to whoever approves; it decides nothing. Finds what is written with blanks, dashes,
// full-width or Chinese digits. Rather one too many than one too few, but prices, times and house rules are left alone.

export const PERSONAL_KINDS = ['phone', 'id_number', 'plate', 'account', 'name', 'address'] as const
export type PersonalKind = (typeof PERSONAL_KINDS)[number]

/** Of the text's code units, the end not included. */
export interface PersonalSpan {
  kind: PersonalKind
  start: number
  end: number
}

/** In their order, none inside another. */
export function findPersonal(text: string): PersonalSpan[] {
  const plain = plainSigns(text)
  const found = FINDERS.flatMap((find) => find(plain))
  return withoutOverlaps(found)
}

export const REDACTED = '＊＊＊'

/** The same text with each span hidden: what a moderator is offered. */
export function redactPersonal(text: string, spans: readonly PersonalSpan[] = findPersonal(text)): string {
  let redacted = ''
  let at = 0
  for (const { start, end } of spans) {
    redacted += text.slice(at, start) + REDACTED
    at = end
  }
  return redacted + text.slice(at)
}

// ── one sign for one sign, so that places stay what they are ──

const DIGIT_SIGNS: ReadonlyMap<string, string> = new Map([
  ...['零〇○', '一壹幺', '二贰', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].entries(),
].flatMap(([digit, signs]) => [...signs].map((sign): [string, string] => [sign, String(digit)])))

/** Full-width to half-width and capital letters to small ones. */
function plainSigns(text: string): string {
  let plain = ''
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    const sign = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : code === 0x3000 ? ' ' : text.charAt(at)
    const small = sign.toLowerCase()
    plain += small.length === 1 ? small : sign
  }
  return plain
}

/** Chinese digits too: only where a number is looked for, because 一 and 二 are everyday words. */
function withDigits(plain: string): string {
  let digits = ''
  for (let at = 0; at < plain.length; at += 1) digits += DIGIT_SIGNS.get(plain.charAt(at)) ?? plain.charAt(at)
  return digits
}

// ── numbers ──

type Finder = (plain: string) => PersonalSpan[]

const GAP = '[\\s\\-–—_.·,，、/()（）]{0,3}'
const spaced = (count: number): string => Array.from({ length: count }, () => '\\d').join(GAP)
const MOBILE = new RegExp(`(?<!\\d)(?:\\+?(?:00)?86${GAP})?1${GAP}[3-9]${GAP}${spaced(9)}(?!\\d)`, 'gu')
const LANDLINE = new RegExp(`(?<!\\d)0\\d{2,3}[\\s\\-–—)）]{0,2}[2-9]\\d{6,7}(?!\\d)`, 'gu')
const CALLED = /(?:电话|手机|座机|号码|打给我|打我|tel|phone|تېلېفون)[^\d]{0,4}(\d[\d\s-]{5,13}\d)/gu
const IDENTITY = new RegExp(`(?<!\\d)[1-9]${GAP}${spaced(16)}${GAP}[\\dx](?![\\da-z])`, 'gu')
const IDENTITY_CALLED = new RegExp(`(?:身份证|证件)[^\\d]{0,6}(\\d[\\d\\s-]{13,20}[\\dx])`, 'gu')

const findIdentity: Finder = (plain) => {
  const digits = withDigits(plain)
  const checked = spansOf('id_number', digits, IDENTITY).filter(({ start, end }) => isIdentityNumber(digits.slice(start, end).replace(/[^\dx]/g, '')))
  return [...checked, ...spansOf('id_number', digits, IDENTITY_CALLED)]
}

const findPhone: Finder = (plain) => {
  const digits = withDigits(plain)
  return [...spansOf('phone', digits, MOBILE), ...spansOf('phone', digits, LANDLINE), ...spansOf('phone', digits, CALLED)]
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const CHECK_SIGNS = '10x98765432'

/** Eighteen signs with a day of birth and the right check digit (GB 11643). */
export function isIdentityNumber(signs: string): boolean {
  if (!/^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]$/.test(signs)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(signs.charAt(index)), 0)
  return CHECK_SIGNS.charAt(sum % 11) === signs.charAt(17)
}

// ── plates and accounts ──

const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const CAR_PLATE = new RegExp(`[${PROVINCES}]\\s?[a-hj-np-z][\\s·.\\-]?[a-hj-np-z0-9]{4,5}[a-hj-np-z0-9挂学警港澳](?![a-z0-9])`, 'gu')
const BIKE_PLATE = /(?:车牌|牌照|牌号|车号)(?:号码|号)?[是为:：\s]{0,3}([\p{Script=Han}]{0,4}\s?[a-z0-9][a-z0-9\s\-·]{3,8}[a-z0-9])/gu
const PLACED_BIKE_PLATE = /(?:乌鲁木齐|乌市)\s?[a-z]?\d{5,7}(?!\d)/gu

const findPlate: Finder = (plain) => [
  ...spansOf('plate', plain, CAR_PLATE).filter(({ start, end }) => /\d/.test(plain.slice(start, end))), ...spansOf('plate', plain, BIKE_PLATE), ...spansOf('plate', plain, PLACED_BIKE_PLATE),
]

const WECHAT = /(?:微信|薇信|威信|v信|wechat|weixin|(?<![a-z])(?:vx|wx|v))\s?(?:号码|号|id)?[是为:：\s]{0,3}([a-z][a-z0-9_-]{5,19}|\d{6,11})/gu
const QQ = /(?:(?<![a-z])qq|扣扣|企鹅)\s?(?:号码|号)?[是为:：\s]{0,3}([1-9]\d{4,10})(?!\d)/gu
const MAIL = /[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+/gu

const findAccount: Finder = (plain) => [...spansOf('account', plain, WECHAT), ...spansOf('account', withDigits(plain), QQ), ...spansOf('account', plain, MAIL)]

// ── names ──

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍覃霍翁隋甘景薄单包司柏宁柯阮桂'
const COMPOUND = '欧阳|司马|上官|诸葛|司徒|东方|南宫|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|轩辕|端木|呼延|赫连'
const SURNAME = `(?:${COMPOUND}|[${SURNAMES}])`
const TITLES = '师傅|先生|女士|小姐|大姐|大哥|阿姨|叔叔|老师|站长|队长|组长|经理|主任|老板|医生|警官'
/** Within a sentence a name follows one of these; 保安大哥 is nobody called 安. */
const BEFORE_A_NAME = '和跟与同请找谢对给向是位的叫问听帮让把被到见有在为替姓'
const TITLED = new RegExp(`(?<![\\p{Script=Han}])(${SURNAME}\\p{Script=Han}{0,2}?)(?:${TITLES})|(?<=[${BEFORE_A_NAME}])(${SURNAME})(?:${TITLES})`, 'gu')
/** What follows a name in a sentence is none of it. */
const NO_NAME = '[^的了是在想要希望家住有就也和跟从来叫今年，。！？、\\s]'
const CALLED_SO = new RegExp(`(?:我叫|名叫|名字叫|名字是|姓名[是:：]?|本人)\\s?(\\p{Script=Han}{2,8}·\\p{Script=Han}{2,8}|${SURNAME}(?:(?=\\p{Script=Han})${NO_NAME}){1,2})`, 'gu')
const SURNAMED = new RegExp(`(?:我姓|免贵姓)(${SURNAME})`, 'gu')
/** 肉孜艾力·买买提: who writes a dot inside a name means a name. */
const DOTTED = /[\p{Script=Han}]{2,8}[·•・][\p{Script=Han}]{2,8}/gu
const UYGHUR_CALLED = /ئىسمىم\s+(\p{Script=Arabic}+(?:\s\p{Script=Arabic}+)?)/gu

const findName: Finder = (plain) => [
  ...spansOf('name', plain, TITLED), ...spansOf('name', plain, CALLED_SO), ...spansOf('name', plain, SURNAMED), ...spansOf('name', plain, DOTTED), ...spansOf('name', plain, UYGHUR_CALLED),
]

// ── addresses, as far as the door ──

const COUNT = '[0-9零〇一二三四五六七八九十百]{1,6}'
const DOOR = `(?:${COUNT}\\s?(?:号楼|栋|幢|座|单元|号院|弄|室|房间|门)|${COUNT}\\s?号(?=\\s?${COUNT}\\s?(?:号楼|栋|幢|单元|室|楼)))`
const PLACE = '(?:(?![住在到去我])\\p{Script=Han}){1,8}?(?:路|街|巷|大道|胡同|小区|花园|家园|新村|公寓|社区|村|里|苑|园)'
const AT_DOOR = new RegExp(`(?:${PLACE})?\\s?${DOOR}(?:[\\s,，-]?${DOOR}|[\\s,，-]?\\d{3,4}(?!\\d|块|元|米|分))*`, 'gu')
const AT_NUMBER = new RegExp(`${PLACE}\\s?(?:南|北|东|西)?${COUNT}\\s?号(?:院|楼)?`, 'gu')

const findAddress: Finder = (plain) => [
  ...spansOf('address', plain, AT_DOOR).filter(({ start, end }) => isDoor(plain.slice(start, end))), ...spansOf('address', plain, AT_NUMBER),
]

/** 会议室, 一座桥 and 一门课 are no doors: a number of one sign needs a second one. */
function isDoor(found: string): boolean {
  return new RegExp(COUNT, 'g').test(found) && (/号楼|栋|幢|单元|号院|号/u.test(found) || /\d{2,}\s?(?:室|房间|弄)/u.test(found))
}

// ── spans ──

const FINDERS: readonly Finder[] = [findIdentity, findPhone, findPlate, findAccount, findName, findAddress]

/** The whole match, or its first group where the pattern names what stands around it. */
function spansOf(kind: PersonalKind, text: string, pattern: RegExp): PersonalSpan[] {
  return [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}d`))].flatMap((match) => {
    const place = match.indices?.slice(1).find((group) => group !== undefined) ?? match.indices?.[0]
    return place === undefined ? [] : [{ kind, start: place[0], end: place[1] }]
  })
}

/** Of two that overlap the longer one, of two as long the one that was found first. */
function withoutOverlaps(spans: readonly PersonalSpan[]): PersonalSpan[] {
  const kept: PersonalSpan[] = []
  for (const span of [...spans].toSorted((one, other) => other.end - other.start - (one.end - one.start))) {
    if (kept.every(({ start, end }) => span.end <= start || span.start >= end)) kept.push(span)
  }
  return kept.toSorted((one, other) => one.start - other.start)
}
