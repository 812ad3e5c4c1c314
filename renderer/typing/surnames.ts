// A name begins with a surname: what is commonly one is offered before the words that sound like it. Commonest first, as the
// Ministry of Public Security lists them; then the signs that names of other tongues begin with in this region.

import type { Candidate } from '../pinyin/candidates.ts'

const COMMON =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤萧傅康温易乔赖文樊兰殷施洪翟安颜倪牛葛伍庞邢岳齐梅庄聂章鲁岑纪舒屈项祝霍凌裴路柯阮蓝欧焦俞骆柴景管华包辛盛柳闵鲍鞠佟房卞甘卓封' +
  '买肉阿艾古吐努热木玛迪帕赛祖哈依伊巴麦米沙托乌亚再'
const COMPOUND = ['欧阳', '上官', '诸葛', '司马', '司徒', '东方', '独孤', '南宫', '夏侯', '皇甫', '尉迟', '公孙', '慕容', '令狐', '长孙', '宇文', '轩辕', '端木', '百里', '呼延', '赫连', '完颜', '拓跋', '西门']

const RANKS: ReadonlyMap<string, number> = new Map([...COMPOUND, ...COMMON].map((surname, rank) => [surname, rank]))

/** The same candidates; surnames first. */
export function surnamesFirst(candidates: readonly Candidate[]): Candidate[] {
  const rankOf = ({ text }: Candidate): number => RANKS.get(text) ?? Number.POSITIVE_INFINITY
  return candidates.toSorted((one, other) => compare(rankOf(one), rankOf(other)))
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other
}
