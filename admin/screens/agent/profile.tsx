import { useLocation, useNavigate } from 'react-router-dom'
import { sharedContact, whyPhoneNotShared } from '../../../resources/agent/rules'
import { formatPhone, normalizePhone } from '../../../resources/shared/phone'
import { useOpened, useResource } from '../../client/action'
import { useAgent, useChangeAgent } from '../../client/agent'
import { ActionForm } from '../../forms/action-form'
import { EmptyPage } from '../../frame/failures'
import { paths } from '../../paths'
import { DescriptionList } from '../../ui/description-list'
import { Page } from '../../ui/page'
import styles from './agent.module.css'
import { CalendarCard } from './calendar'

const title = 'Mon profil'

/** One's own account, and exactly what the persons one follows read of it. */
export function OwnProfile() {
  const { data: opened, failure, reload } = useOpened('Agent', 'profile')
  const words = useResource('Agent')?.actions.find(({ name }) => name === 'profile')?.custom
  const { organization } = useAgent()
  const changeAgent = useChangeAgent()
  const navigate = useNavigate()
  const { from = paths.home } = (useLocation().state as { from?: string } | null) ?? {}
  if (!opened || !words)
    return <EmptyPage title={title} what="cette page" failure={failure} onRetry={reload} />
  const { email, mayShare, calendar } = opened.data
  return (
    <Page title={title}>
      <ActionForm
        resource="Agent"
        action="profile"
        target={undefined}
        words={words}
        start={opened.data}
        about={null}
        leadsTo={null}
        onReload={reload}
        onDone={(done) => {
          if (done.ofReader) changeAgent(done.ofReader)
          navigate(from, { state: { notice: { title: done.notice } } })
        }}
        onLeave={() => navigate(from)}
        below={(typed) => {
          if (!mayShare) return null
          const phone = normalizePhone(String(typed.phone ?? ''), organization.departmentCode)
          const own = { phone, phoneIsProfessional: typed.phoneIsProfessional === true }
          const seen = sharedContact(
            {
              firstName: String(typed.firstName ?? ''),
              lastName: String(typed.lastName ?? ''),
              ...own,
              email,
              sharesPhone: typed.sharesPhone === true,
              sharesEmail: typed.sharesEmail === true,
            },
            mayShare,
          )
          return (
            <section className={styles.preview} aria-label="Ce que lisent les personnes que vous suivez">
              <h2>Ce que lisent les personnes que vous suivez</h2>
              <DescriptionList
                pairs={[
                  ['Agent référent', seen.name],
                  ['Téléphone', seen.phone && formatPhone(seen.phone)],
                  ['E-mail', seen.email],
                  ['Service', organization.name],
                ]}
              />
              {typed.sharesPhone === true && whyPhoneNotShared(own) && (
                <p className="hint">
                  Votre portable n’est pas montré&nbsp;: dites d’abord qu’il est professionnel.
                </p>
              )}
              {!seen.phone && !seen.email && (
                <p className="hint">Ni votre téléphone ni votre e-mail&nbsp;: seul le standard du service.</p>
              )}
            </section>
          )
        }}
      />
      {calendar && <CalendarCard {...calendar} />}
    </Page>
  )
}
