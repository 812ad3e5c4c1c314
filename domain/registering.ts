// What is asked of somebody who registers, as closed lists: for whom he rides, and what he is to the Red Cross. His name, phone
// and site are words (contract/sync/sealed-words): they stand in no event.

export const PLATFORMS = ['meituan', 'eleme', 'jd', 'sf', 'shansong', 'dada', 'kuaidi', 'other'] as const
export type Platform = (typeof PLATFORMS)[number]

export const RED_CROSS = ['none', 'member', 'volunteer'] as const
export type RedCross = (typeof RED_CROSS)[number]
