import { convokedAfterAnswer, resemblanceWords } from '../../../resources/probationer/fr'
import { formatBirth, formatDay, formatHour, fullName } from '../../../resources/shared/french'
import { formatPhone } from '../../../resources/shared/phone'
import { SupportLink } from '../../frame/support'
import { Alert } from '../../ui/alert'
import { ButtonLink } from '../../ui/button'
import { Checkbox } from '../../ui/checkbox'
import { Tag } from '../../ui/tag'
import { paths } from '../../paths'
import { ClaimPerson, whyNotClaimed, type TypedIdentity } from './claim'
import type { PersonCheck } from './state'

/** Somebody who resembles who is typed: their services, and what may be done instead of a second record. */
export default function DuplicateNotice({
  duplicate,
  isAnotherPerson,
  error,
  typed,
  onOther,
  onClaimed,
}: {
  duplicate: PersonCheck['duplicates'][number]
  isAnotherPerson: boolean
  error: string | undefined
  typed: TypedIdentity
  onOther: (isAnotherPerson: boolean) => void
  /** Where persons are registered: whoever is followed elsewhere may be asked for. */
  onClaimed: Parameters<typeof ClaimPerson>[0]['onClaimed'] | undefined
}) {
  const { record, minimum, services, blocking } = duplicate
  const whyNot = duplicate.claim && whyNotClaimed(duplicate.claim)
  const ownRequestId = duplicate.claim?.ownRequestId ?? null
  const own = services.some((service) => service.own)
  return (
    <Alert
      tone={blocking ? 'bad' : 'warn'}
      title={
        record
          ? 'Cette personne a déjà une fiche'
          : blocking
            ? 'Une fiche existe déjà, hors de votre ressort'
            : 'Une fiche ressemble à celle-ci, hors de votre ressort'
      }
    >
      <p>
        {record && (
          <>
            <b>{fullName(record)}</b>
            {record.dateOfBirth && `, naissance le ${formatBirth(record.dateOfBirth)}`}
            {record.archived && ', fiche archivée'}.{' '}
          </>
        )}
        {minimum && (
          <>
            {minimum.initial}. {minimum.firstName}
            {minimum.yearOfBirth && `, naissance en ${minimum.yearOfBirth}`}.{' '}
          </>
        )}
        {services.length > 0 && (
          <>
            Suivi par{' '}
            {services.map((service, index) => (
              <span key={service.id}>
                {index > 0 && ', '}
                <b>{service.name}</b>
                {service.own && ' (votre service)'}
                {!service.own &&
                  service.switchboardPhone &&
                  ` (standard ${formatPhone(service.switchboardPhone)})`}
              </span>
            ))}
            .{' '}
          </>
        )}
        {record &&
          (record.expected
            ? `Convocation à venir\u00a0: ${formatDay(record.expected.date)} à ${formatHour(record.expected.time)}, ${record.expected.service}.`
            : 'Aucune convocation à venir.')}
      </p>
      <p className="hint">
        {resemblanceWords[duplicate.resemblance]}.{' '}
        {ownRequestId !== null && 'Vous avez déjà demandé son dessaisissement. '}
        {record?.pendingFor &&
          ownRequestId === null &&
          `Un dessaisissement est déjà demandé par ${record.pendingFor}. `}
        {record?.whyNotConvokable === 'probationer.divestment_pending' && `${convokedAfterAnswer} `}
        {whyNot ??
          (record?.followedByAntiTerrorismJudge
            ? 'Code 12\u00a0: contactez un administrateur.'
            : !record &&
              (blocking
                ? 'N’enregistrez pas une seconde fiche\u00a0: appelez le service qui suit la personne.'
                : 'Appelez ce service en cas de doute.'))}{' '}
        Support&nbsp;: <SupportLink />.
      </p>
      <div className="cluster">
        {record && record.whyNotConvokable === null && (
          <ButtonLink to={paths.convoke(record.id)} icon="calendar">
            Convoquer {record.firstName}
          </ButtonLink>
        )}
        {ownRequestId !== null && (
          <ButtonLink to={paths.record('Divestment', ownRequestId)} icon="swap">
            Voir votre demande
          </ButtonLink>
        )}
        {record && (
          <ButtonLink to={paths.probationer(record.id)} look="quiet">
            Ouvrir la fiche
          </ButtonLink>
        )}
        {!blocking && (
          <Checkbox field="isAnotherPerson" checked={isAnotherPerson} error={error} onChange={onOther}>
            C’est une autre personne&nbsp;: continuer
          </Checkbox>
        )}
        {own && !record && <Tag tone="info">Suivi par votre service</Tag>}
      </div>
      {duplicate.claim && onClaimed && (
        <ClaimPerson claim={duplicate.claim} typed={typed} onClaimed={onClaimed} />
      )}
    </Alert>
  )
}
