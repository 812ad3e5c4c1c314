// The syllables of Mandarin as they are typed, and what a piece of typed letters may stand for. Sorted, so that all syllables
// that begin alike are one run of numbers: a half-typed syllable and an initial are runs, a whole one is a run of one.

const WRITTEN = `
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha chai chan chang chao
che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den
deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang
gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui
hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang
kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lue lun luo lv ma mai man mang
mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ng ni nian niang niao nie nin ning niu
nong nou nu nuan nue nuo nv o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing
qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang
shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te tei
teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu
xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao
zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo`

export const SYLLABLES: readonly string[] = WRITTEN.trim().split(/\s+/)

/** The longest syllable has six letters: zhuang. */
export const SYLLABLE_LETTERS_MAX = 6

/** Other spellings that people and dictionaries use for the same syllable. */
const OTHER_SPELLINGS: Readonly<Record<string, string>> = { lve: 'lue', nve: 'nue', lüe: 'lue', nüe: 'nue', lü: 'lv', nü: 'nv', ê: 'ei' }

const NUMBER_OF = new Map(SYLLABLES.map((syllable, number) => [syllable, number]))

/** A run of syllable numbers, both ends within. */
export interface SyllableRun {
  first: number
  last: number
}

export function syllableNumber(written: string): number | null {
  return NUMBER_OF.get(OTHER_SPELLINGS[written] ?? written) ?? null
}

/** All syllables that begin with these letters, or null. */
export function syllablesBeginning(letters: string): SyllableRun | null {
  const first = SYLLABLES.findIndex((syllable) => syllable.startsWith(letters))
  if (first < 0) return null
  let last = first
  while (SYLLABLES[last + 1]?.startsWith(letters) === true) last++
  return { first, last }
}

const INITIALS = new Set(['b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'j', 'q', 'x', 'zh', 'ch', 'sh', 'r', 'z', 'c', 's', 'y', 'w'])
const OPEN_VOWELS = new Set(['a', 'e', 'o'])

/** Letters that may stand for a whole syllable of which they are the initial. */
export function isInitial(letters: string): boolean {
  return INITIALS.has(letters) || OPEN_VOWELS.has(letters)
}
