import type { ReactNode } from 'react'
import { requestKindWords, requestOutcomeWords } from '../../../resources/rights-request/fr'
import { formatBirth, formatShortDate } from '../../../resources/shared/french'
import type { RecordData } from '../../client/action'
import { paths } from '../../paths'
import { Alert } from '../../ui/alert'
import { ButtonLink } from '../../ui/button'
import { Card } from '../../ui/card'
import { Tag } from '../../ui/tag'

type Person = Pick<RecordData<'Probationer'>, 'id' | 'requests'>

/** What the person asked of their data, for those who may record it. */
export function RightsCard({
  person: { id, requests },
  mayRecord,
  mayAnswer,
}: {
  person: Person
  mayRecord: boolean
  mayAnswer: boolean
}) {
  if (!mayRecord && requests.length === 0) return null
  return (
    <Card
      title="Droits de la personne"
      footer={
        mayRecord && (
          <ButtonLink to={paths.recordAction('Probationer', id, 'recordRequest')}>
            Enregistrer une demande
          </ButtonLink>
        )
      }
    >
      {requests.length === 0 ? (
        <p className="hint">Aucune demande d’accès, de rectification, d’effacement ou de limitation.</p>
      ) : (
        <ul>
          {requests.map((request) => (
            <li key={request.id}>
              <p>
                <b>{requestKindWords[request.kind]}</b>, demande reçue le{' '}
                {formatShortDate(request.receivedOn)}.{' '}
                {request.outcome && request.answeredOn ? (
                  <Tag tone={request.outcome === 'refused' ? 'warn' : 'ok'}>
                    {requestOutcomeWords[request.outcome]}
                  </Tag>
                ) : (
                  <Tag tone={request.late ? 'bad' : 'info'}>
                    {request.late ? 'En retard' : 'À répondre avant le'} {formatShortDate(request.dueOn)}
                  </Tag>
                )}
              </p>
              {request.answeredOn && (
                <p className="hint">
                  Répondue le {formatShortDate(request.answeredOn)}
                  {request.answeredBy && `, par ${request.answeredBy}`}&nbsp;: {request.answer}
                </p>
              )}
              {!request.answeredOn && mayAnswer && (
                <ButtonLink to={paths.recordAction('RightsRequest', request.id, 'answer')}>
                  Répondre
                </ButtonLink>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** The record is read, and serves no more; said on top, with what ends it for those who may. */
export function LimitedBanner({ limitedOn, lift }: { limitedOn: string | null; lift: ReactNode }) {
  if (!limitedOn) return null
  return (
    <Alert tone="warn" icon="lock" title="Utilisation limitée à la demande de la personne">
      <p>
        Depuis le {formatBirth(limitedOn)}, cette fiche se lit et ne sert plus&nbsp;: ni convocation, ni SMS,
        ni modification. Les convocations déjà prises peuvent être annulées ou renseignées.{' '}
        {!lift && 'Un administrateur local d’un service qui suit la personne peut lever la limitation.'}
      </p>
      {lift}
    </Alert>
  )
}
