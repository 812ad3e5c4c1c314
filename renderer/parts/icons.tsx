// Line drawings, always shown beside a word (so hidden from speech). One stroke, one grid of 24; ours. No red cross: a
// first-aid box carries a heart.

import type { ReactNode } from 'react'

const PATHS = {
  back: <path d="M19 12H5m6-6-6 6 6 6" />,
  finish: <path d="M10 4H5v16h5M14 8l4 4-4 4M18 12H9" />,
  next: <path d="m9 5 7 7-7 7" />,
  previous: <path d="m15 5-7 7 7 7" />,
  up: <path d="m5 15 7-7 7 7" />,
  dropdown: <path d="m5 9 7 7 7-7" />,
  down: <path d="M12 4v15m-6-6 6 6 6-6" />,
  low: <path d="M4 4h16M12 8v10m-5-5 5 5 5-5M4 21h16" />,
  high: <path d="M4 3h16M12 17V7M7 12l5-5 5 5M4 21h16" />,
  language: <path d="M3 12h18M12 3c5 5.5 5 12.500 0 18-5-5.500-5-12.500 0-18ZM12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z" />,
  slow: <path d="M12 7v5l4 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z" />,
  scan: <path d="M4 9V6a2 2 0 0 1 2-2h3M15 4h3a2 2 0 0 1 2 2v3M20 15v3a2 2 0 0 1-2 2h-3M9 20H6a2 2 0 0 1-2-2v-3M6.500 12h11" />,
  bag: <path d="M5 8h14l-1 12H6L5 8Zm3.500 0a3.500 3.500 0 0 1 7 0" />,
  person: <path d="M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM5 20c0-4 3-6 7-6s7 2 7 6" />,
  list: <path d="M9 6h11M9 12h11M9 18h11M4.500 6h.1M4.500 12h.1M4.500 18h.1" />,
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  check: <path d="m5 12.500 5 5L19.500 7" />,
  twice: <path d="m2 12.500 5 5L16.500 7M12 17.500 22 7" />,
  unknown: <path d="M10 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM3 20c0-4 3-6 7-6 1.500 0 3 .300 4 1M16.500 15.500a2 2 0 1 1 2.800 1.800c-.6.300-.8.700-.8 1.200m0 2.500v.1" />,
  'scan-off': <path d="M4 9V6a2 2 0 0 1 2-2h3M15 4h3a2 2 0 0 1 2 2v3M20 15v3a2 2 0 0 1-2 2h-3M9 20H6a2 2 0 0 1-2-2v-3M9 9l6 6M15 9l-6 6" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  erase: <path d="M9 6h11v12H9l-6-6 6-6Zm3 4 4 4m0-4-4 4" />,
  trash: <path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.500 11v5M13.500 11v5" />,
  clock: <path d="M12 7v5l3.500 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z" />,
  heart: <path d="M12 20C5 15 3.500 12 3.500 9A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 8.500 2c0 3-1.500 6-8.500 11Z" />,
  house: <path d="M4 11.500 12 4l8 7.500V20H4v-8.500Z" />,
  phone: <path d="M5 4h4l1.500 5L8 10.500a12 12 0 0 0 5.500 5.500L15 13.500l5 1.500v4a1.500 1.500 0 0 1-1.500 1.500C11 20 4 13 3.500 5.500A1.500 1.500 0 0 1 5 4Z" />,
  mobile: <path d="M7 3h10v18H7V3Zm3.500 15h3" />,
  offline: <path d="M3 3l18 18M5 12a10 10 0 0 1 4-2.500M2 8.500A15 15 0 0 1 6.500 6M12 5.500c4 0 7.500 1.200 10 3M19 12a10 10 0 0 0-4.500-2.700M8.500 15.500a5 5 0 0 1 7 0M12 19.500h.1" />,
  online: <path d="M2 8.500c6-4.500 14-4.500 20 0M5 12c4.500-3.500 9.500-3.500 14 0M8.500 15.500a5 5 0 0 1 7 0M12 19.500h.1" />,
  warning: <path d="M12 4 2.500 20h19L12 4Zm0 6v5m0 2.500v.1" />,
  tool: <path d="M14.500 6a4.500 4.500 0 0 1 6-1.500L17 8l-1 3 3-1 2-2.500a4.500 4.500 0 0 1-6.500 5L8 19.500a2.500 2.500 0 0 1-3.500-3.500L11.500 9.500a4.500 4.500 0 0 1 3-3.500Z" />,
  box: <path d="M4 8l8-4 8 4v9l-8 4-8-4V8Zm0 0 8 4 8-4M12 12v9" />,
  lock: <path d="M6 11h12v9H6v-9Zm2.500 0V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2" />,
  calendar: <path d="M4 6h16v14H4V6Zm0 4.500h16M8.500 3.500V7M15.500 3.500V7" />,
  gift: <path d="M4 9h16v4H4V9Zm1.500 4v7h13v-7M12 9v11M12 9C8 9 7 7.500 7.500 6S10 4.500 12 9Zm0 0c4 0 5-1.500 4.500-3S14 4.500 12 9Z" />,
  seat: <path d="M7 4v9h10M7 13v7M17 13v7M7 17h10" />,
  drop: <path d="M12 3.500c4 5 6 7.500 6 10.500a6 6 0 0 1-12 0c0-3 2-5.500 6-10.500Z" />,
  microwave: <path d="M3 6h18v12H3V6Zm3 3h8v6H6V9Zm11.500 0v.1m0 3v.1m0 3v.1" />,
  charge: <path d="M13 3 6 13.500h5L10.500 21 18 10.500h-5L13 3Z" />,
  battery: <path d="M4 8h14v9H4V8Zm14 3h2.500v3H18M8 12.500h6M11 9.500v6" />,
  'first-aid': <path d="M4 8h16v11H4V8Zm5 0V5h6v3M12 16.500c-3-2-3.500-3-3.500-4a1.800 1.800 0 0 1 3.500-.6 1.800 1.800 0 0 1 3.500.6c0 1-.5 2-3.500 4Z" />,
  umbrella: <path d="M3 12a9 9 0 0 1 18 0H3Zm9 0v6.500a2 2 0 0 0 4 0M12 3V2" />,
  wifi: <path d="M2 8.500c6-4.500 14-4.500 20 0M5 12c4.500-3.500 9.500-3.500 14 0M8.500 15.500a5 5 0 0 1 7 0M12 19.500h.1" />,
  book: <path d="M12 6c-2.500-1.500-5-2-8-2v14c3 0 5.500.5 8 2 2.500-1.500 5-2 8-2V4c-3 0-5.500.5-8 2Zm0 0v14" />,
  wish: <path d="M12 3.500l2.500 5.500 6 .7-4.500 4.100 1.200 6L12 16.800 6.800 19.800l1.200-6L3.500 9.700l6-.7L12 3.500Z" />,
  certificate: <path d="M5 4h14v11H5V4Zm3 3.500h8M8 11h5M15 15v6l-2.500-1.500L10 21v-6" />,
  invited: <path d="M3 6h18v12H3V6Zm0 .500 9 6.500 9-6.500" />,
  people: <path d="M9 5a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7ZM2.500 20c0-3.500 2.800-5.500 6.500-5.500s6.500 2 6.500 5.500M16 5.500a3.500 3.500 0 0 1 0 6.500M18 14.800c2 .7 3.500 2.500 3.500 5.200" />,
  pill: <path d="M9 4h6v3H9V4Zm-2 3h10v13H7V7Zm0 4.500h10M7 16h10" />,
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false" data-icon={name}>
      {PATHS[name]}
    </svg>
  )
}
