import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { StopPage, stopMeta } from '../components/stop-page'
import { loadStop, stopSms } from '../stop.server'

export const loader = loadStop('ar')
export const action = stopSms('ar')

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  stopMeta(data ?? { language: 'ar', smsOptOut: false })

export default function Stop() {
  return <StopPage {...useLoaderData<typeof loader>()} />
}
