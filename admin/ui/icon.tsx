import type { ReactNode } from 'react'
import styles from './icon.module.css'

/** Signs drawn beside words, never instead of them. */
const drawings = {
  home: <path d="M3 10l9-7 9 7v10a1 1 0 0 1-1 1h-5v-7H9v7H4a1 1 0 0 1-1-1z" />,
  people: (
    <>
      <circle cx="9" cy="8" r="4" />
      <path d="M2 21v-1a6 6 0 0 1 12 0v1M16 4.3a4 4 0 0 1 0 7.4M22 21v-1a6 6 0 0 0-4-5.6" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4 21v-1a8 8 0 0 1 16 0v1" />
    </>
  ),
  calendar: (
    <>
      <rect x="3" y="5" width="18" height="16" rx="2" />
      <path d="M3 10h18M8 3v4M16 3v4" />
    </>
  ),
  message: <path d="M4 4h16v12H9l-5 5z" />,
  mail: (
    <>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <path d="M3 7l9 6 9-6" />
    </>
  ),
  phone: <path d="M5 3h4l2 5-3 2a12 12 0 0 0 6 6l2-3 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z" />,
  swap: <path d="M4 8h14l-4-4M20 16H6l4 4" />,
  exit: <path d="M14 3H6v18h8M10 12h11M17 8l4 4-4 4" />,
  lock: (
    <>
      <rect x="5" y="11" width="14" height="10" rx="2" />
      <path d="M8 11V8a4 4 0 0 1 8 0v3" />
    </>
  ),
  shield: <path d="M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z" />,
  chart: <path d="M4 20V10M10 20V4M16 20v-7M21 20H3" />,
  grid: <path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z" />,
  pin: (
    <>
      <path d="M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12z" />
      <circle cx="12" cy="9" r="2.5" />
    </>
  ),
  building: <path d="M5 21V4h10v17M15 9h4v12M3 21h18M8 8h4M8 12h4M8 16h4" />,
  pen: <path d="M4 20h4L20 8l-4-4L4 16z" />,
  plus: <path d="M12 5v14M5 12h14" />,
  search: (
    <>
      <circle cx="11" cy="11" r="7" />
      <path d="M16.5 16.5L21 21" />
    </>
  ),
  menu: <path d="M4 7h16M4 12h16M4 17h16" />,
  down: <path d="M6 9l6 6 6-6" />,
  previous: <path d="M15 5l-7 7 7 7" />,
  next: <path d="M9 5l7 7-7 7" />,
  check: <path d="M5 12.5l5 5L20 7" />,
  cross: <path d="M6 6l12 12M18 6L6 18" />,
  undo: <path d="M8 5L3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3" />,
  paper: <path d="M6 2h9l4 4v16H6zM9 12h7M9 16h7M9 8h3" />,
  print: <path d="M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z" />,
  download: <path d="M12 3v12M7 11l5 5 5-5M4 21h16" />,
  send: <path d="M21 3L3 11l7 3 3 7zM10 14L21 3" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 7v5l3 2" />
    </>
  ),
  forbidden: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M6 6l12 12" />
    </>
  ),
  warning: <path d="M12 3L2 20h20zM12 10v4M12 17v.01" />,
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v6M12 7.5v.01" />
    </>
  ),
  brand: <path d="M12 21a9 9 0 1 1 9-9M12 7v5l3 2M16 19l2 2 4-4" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof drawings

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 24 24" aria-hidden="true">
      {drawings[name]}
    </svg>
  )
}
