import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon'

/** One thing to know about a place, beside its sign. */
export function Fact({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <div className="msj-fact">
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  )
}
