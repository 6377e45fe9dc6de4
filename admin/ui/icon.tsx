import * as icons from '../../resources/shared/design/icons'
import styles from './icon.module.css'

const drawings = {
  brand: icons.mark,
  home: icons.home,
  people: icons.people,
  person: icons.person,
  calendar: icons.calendar,
  message: icons.message,
  mail: icons.mail,
  phone: icons.phone,
  swap: icons.swap,
  exit: icons.exit,
  lock: icons.lock,
  shield: icons.shield,
  chart: icons.chart,
  grid: icons.grid,
  pin: icons.place,
  building: icons.building,
  pen: icons.pen,
  plus: icons.plus,
  search: icons.search,
  menu: icons.menu,
  down: icons.down,
  previous: icons.previous,
  next: icons.next,
  check: icons.check,
  cross: icons.cross,
  undo: icons.undo,
  paper: icons.paper,
  print: icons.print,
  download: icons.download,
  send: icons.send,
  clock: icons.clock,
  forbidden: icons.forbidden,
  warning: icons.warning,
  info: icons.info,
  help: icons.help,
  compass: icons.compass,
}

export type IconName = keyof typeof drawings

/** A sign beside words that say the same: hidden from those who cannot see it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className={styles.icon}
      viewBox="0 0 24 24"
      aria-hidden="true"
      dangerouslySetInnerHTML={{ __html: drawings[name] }}
    />
  )
}
