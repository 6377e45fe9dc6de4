import * as icons from '../../resources/shared/design/icons'

const drawings = {
  mark: icons.mark,
  menu: icons.menu,
  search: icons.search,
  message: icons.message,
  mail: icons.mail,
  paper: icons.paper,
  place: icons.place,
  phone: icons.phone,
  compass: icons.compass,
  clock: icons.clock,
  calendar: icons.calendar,
  bus: icons.bus,
  car: icons.car,
  wheelchair: icons.wheelchair,
  door: icons.door,
  warning: icons.warning,
  info: icons.info,
  success: icons.success,
  error: icons.error,
}

export type IconName = keyof typeof drawings

/**
 * Decoration beside words that say the same: hidden from those who cannot see it, and no larger than them where no
 * style has come.
 */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg
      className={`msj-icon ${className}`.trim()}
      width="1em"
      height="1em"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: drawings[name] }}
    />
  )
}
