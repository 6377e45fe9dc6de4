import { HtmlValidate } from 'html-validate'
import { parse } from 'parse5'

const validator = new HtmlValidate({ extends: ['html-validate:standard'] })

/** Where a page is not HTML as the standard writes it: what its parser mends, then the rules of its elements. */
export async function faultsOfHtml(html: string): Promise<string[]> {
  const faults: string[] = []
  parse(html, {
    onParseError: ({ code, startOffset }) =>
      faults.push(`${code}: ${html.slice(startOffset, startOffset + 80)}`),
  })
  const { results } = await validator.validateString(html)
  return [
    ...faults,
    ...results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
  ]
}
