// The text that people agree to when they register, until the district writes its own: what is kept of them and what for.

export interface ConsentText {
  zh: string
  en: string
}

/** What a district begins with. */
export const FIRST_CONSENT: ConsentText = {
  zh: '登记时我们记下：姓名、手机号、跑单平台、配送站点，以及你是否是红十字会会员、轻骑兵队员。只用来记积分、安排培训、实现微心愿和联系你。驿站屏幕上只显示“张*”和手机尾号。姓名和手机号加密保存，只有负责的工作人员能看，看过都有记录，不给别人，也不用来做广告。你可以随时要求更正或删除：跟站里的人说一声，或拨打屏幕上的电话。',
  en: 'When you register we keep your name, phone number, platform and delivery site, and whether you are a Red Cross member or in the volunteer team: to keep your points, to plan trainings, to grant wishes and to reach you, and for nothing else. Screens show no more than a masked name and the last four digits. Name and phone are stored encrypted; only the staff in charge can see them, and each look is recorded. We give them to nobody. You can have them corrected or erased at any time: tell anybody at the station, or ring the number on the screen.',
}
