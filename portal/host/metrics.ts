import type { RequestHandler } from 'express'
import { answerMetrics } from '../../resources/watch/metrics.server'
import { answer } from './answers'

/** What Prometheus reads, for whoever has the secret; to the others, without one in the settings, nothing is here. */
export const metrics: RequestHandler = async (req, res, next) => {
  try {
    const { status, headers, body } = await answerMetrics(req.get('Authorization'), { all: true })
    if (status === 404) answer(req, res, status)
    else res.status(status).set(headers).end(body)
  } catch (error) {
    next(error)
  }
}
