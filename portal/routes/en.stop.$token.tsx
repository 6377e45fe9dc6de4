import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { StopPage, stopMeta } from '../components/stop-page'
import { loadStop, stopSms } from '../stop.server'

export const loader = loadStop('en')
export const action = stopSms('en')

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  stopMeta(data ?? { language: 'en', smsOptOut: false })

export default function Stop() {
  return <StopPage {...useLoaderData<typeof loader>()} />
}
