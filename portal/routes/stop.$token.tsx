import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { StopPage, stopMeta } from '../components/stop-page'
import { loadStop, stopSms } from '../stop.server'

export const loader = loadStop('fr')
export const action = stopSms('fr')

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  stopMeta(data ?? { language: 'fr', smsOptOut: false })

export default function Stop() {
  return <StopPage {...useLoaderData<typeof loader>()} />
}
