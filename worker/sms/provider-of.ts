import type { Settings } from '../../resources/shared/env.server'
import { outbox } from './outbox'
import type { SmsProvider } from './provider'

/**
 * Who hands SMS over, by the settings. In production a real provider or nobody: what stays in an outbox
 * must not be told as received.
 */
export function providerOf(settings: Pick<Settings, 'MSJ_ENV'>): SmsProvider | null {
  return settings.MSJ_ENV === 'production' ? null : outbox
}
