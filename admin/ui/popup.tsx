import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { buttonClass } from './button'
import { classes } from './classes'
import { Icon, type IconName } from './icon'
import styles from './popup.module.css'

/** A button that opens a few acts under itself; Échap or going elsewhere closes them, the focus goes back. */
export function Popup({
  label,
  face,
  icon,
  children,
}: {
  label: string
  /** What the button shows beside its icon. */
  face?: ReactNode
  icon: IconName
  children: ReactNode
}) {
  return (
    <DialogTrigger>
      <AriaButton className={buttonClass({ look: 'quiet' }) ?? ''} aria-label={label}>
        {face}
        <Icon name={icon} />
      </AriaButton>
      <Popover placement="bottom end" className={classes('surface', styles.popup) ?? ''}>
        <Dialog className={styles.acts ?? ''} aria-label={label}>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
