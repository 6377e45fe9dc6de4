import { useRef } from 'react'
import { partsAtMost, partsWanted } from '../../../resources/message/template/render'
import type { TextAddress } from '../../../resources/message/template/schema'
import { count } from '../../../resources/shared/french'
import { decimal } from '../../../resources/reporting/fr'
import { useAgent } from '../../client/agent'
import type { ResultOf } from '../../client/client'
import { useQuery } from '../../client/query'
import { FailureNote } from '../../frame/failures'
import type { Lookups } from '../../lookups'
import { Card } from '../../ui/card'
import { Loading } from '../../ui/loading'
import { Tag } from '../../ui/tag'
import { Sms } from './sms'

type Previewed = NonNullable<ResultOf<Lookups['previewText']>['usual']>

/** A text as it will be read: with usual values, and with the longest ones of the service. */
export function TextPreview({
  address,
  text,
  average = null,
}: {
  address: TextAddress
  text: string
  /** How many parts the SMS of the service have this month. */
  average?: number | null
}) {
  const { data, failure, reload } = useQuery('previewText', { ...address, text }, { delay: 300 })
  const made = data?.usual && data.longest ? { usual: data.usual, longest: data.longest } : null
  const lastMade = useRef(made)
  if (made) lastMade.current = made
  const shown = made ?? lastMade.current
  const isOwn = address.organizationId === useAgent().organization.id
  return (
    <Card title="Tel qu’il sera lu">
      {!data && !failure && <Loading what="l’aperçu" lines={6} />}
      {failure && <FailureNote what="L’aperçu n’a pas pu être fait" failure={failure} onRetry={reload} />}
      {data && !failure && (
        <>
          {!made && (
            <p className="hint">
              {shown
                ? 'Aperçu du dernier texte correct\u00a0: il suivra quand les données et les signes le seront.'
                : 'L’aperçu vient quand les données et les signes du texte sont corrects.'}
            </p>
          )}
          {shown && (
            <>
              <Example title="Cas courant" sms={shown.usual} />
              <Example
                title={
                  address.organizationId === null
                    ? 'Avec des données longues'
                    : `Le plus long de ${isOwn ? 'votre' : 'ce'} service`
                }
                sms={shown.longest}
              />
              <p className="visually-hidden" role="status">
                {`Cas courant\u00a0: ${count(shown.usual.characters, 'caractère')}, ${shown.usual.parts} SMS. Le plus long\u00a0: ${shown.longest.parts} SMS.`}
              </p>
            </>
          )}
        </>
      )}
      <p className="hint">
        Au-delà de {partsWanted} SMS&nbsp;: averti. Au-delà de {partsAtMost}&nbsp;: refusé. Le nom et
        l’adresse d’un lieu, trop longs, sont abrégés avant l’envoi.
        {average !== null &&
          ` Ce mois-ci, ${isOwn ? 'vos SMS' : 'les SMS de ce service'} font ${decimal(average)} ${average < 2 ? 'partie' : 'parties'} en moyenne.`}
      </p>
    </Card>
  )
}

function Example({ title, sms: { place, ...sms } }: { title: string; sms: Previewed }) {
  return (
    <div className="stack tight">
      <p>
        <b>{title}</b>
        {place && <span className="subline">{place}</span>}
      </p>
      <Sms text={sms.text} characters={sms.characters} parts={sms.parts} price={sms.price} />
      {sms.parts > partsAtMost ? (
        <div>
          <Tag tone="bad">Plus de {partsAtMost} SMS&nbsp;: refusé</Tag>
        </div>
      ) : (
        sms.parts > partsWanted && (
          <div>
            <Tag tone="warn">Plus de {partsWanted} SMS</Tag>
          </div>
        )
      )}
    </div>
  )
}
