const drawings = {
  mark: 'M12 21a9 9 0 1 1 9-9M12 7v5l3 2M16 19l2 2 4-4',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16.5 16.5 21 21',
  message: 'M4 4h16v12H9l-5 5z',
  mail: 'M3 5h18v14H3zM3 6l9 7 9-7',
  paper: 'M6 2h9l4 4v16H6zM9 12h7M9 16h7M9 8h3',
  place: 'M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12zM12 6.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5',
  phone: 'M5 3h4l2 5-3 2a12 12 0 0 0 6 6l2-3 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z',
  compass: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M15.5 8.5l-2 5-5 2 2-5z',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 2',
  bus: 'M6 4h12a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM4 11h16M7 17v3M17 17v3M7.5 14h.01M16.5 14h.01',
  wheelchair: 'M10 2.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M10 8v6h5l3 5M10 10.5h5M7.5 11.5a5 5 0 1 0 6.5 7',
  door: 'M5 21V3h11v18M3 21h18M12 12h.01',
  warning: 'M12 3 2 20h20zM12 10v4M12 17v.01',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v5M12 8v.01',
  success: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12l3 3 5-6',
  error: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 9l6 6M15 9l-6 6',
} as const

export type IconName = keyof typeof drawings

/** Decoration beside words that say the same: hidden from those who cannot see it. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg className={`msj-icon ${className}`.trim()} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  )
}
