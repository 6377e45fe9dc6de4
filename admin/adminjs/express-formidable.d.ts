declare module 'express-formidable' {
  import type { Request, RequestHandler, Response } from 'express'
  type Action = (req: Request, res: Response, next: (error?: unknown) => void, error: unknown) => void
  export default function formidable(
    options: { maxFieldsSize: number; maxFields: number; maxFileSize: number },
    events: { event: 'error'; action: Action }[],
  ): RequestHandler
}
