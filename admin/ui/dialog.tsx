import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Button } from './button'
import { classes } from './classes'
import styles from './dialog.module.css'

/** A window over the page: it takes the focus, Échap or a press outside closes it, the focus goes back. */
export function Dialog({
  title,
  open,
  onClose,
  children,
}: {
  title: string
  open: boolean
  onClose: () => void
  children: ReactNode
}) {
  return (
    <ModalOverlay
      className={styles.veil ?? ''}
      isOpen={open}
      isDismissable
      onOpenChange={(opened) => {
        if (!opened) onClose()
      }}
    >
      <Modal className={classes('surface', styles.window) ?? ''}>
        <AriaDialog className={classes('stack', styles.body) ?? ''}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          <div>
            <Button onClick={onClose}>Fermer</Button>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
