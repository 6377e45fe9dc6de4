import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { promises } from './promises'

/** Where a test enters as somebody would: a browser, HTTP, the worker. */
const doors = ['admin', 'doors', 'journeys', 'portal', 'worker']

interface Title {
  file: string
  text: string
}

/** What each `test` and `it` of the tests is called, whatever it is chained with. */
function titles(): Title[] {
  return readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) => {
      const file = path.replaceAll('\\', '/')
      const tree = ts.createSourceFile(
        file,
        readFileSync(join(import.meta.dirname, path), 'utf8'),
        ts.ScriptTarget.Latest,
      )
      const found: Title[] = []
      const visit = (node: ts.Node) => {
        const [title] = ts.isCallExpression(node) && isTest(node.expression) ? node.arguments : []
        if (title && ts.isStringLiteralLike(title)) found.push({ file, text: title.text })
        ts.forEachChild(node, visit)
      }
      visit(tree)
      return found
    })
}

/** `test`, `it`, `test.each([…])`; one that is skipped or to be written proves nothing. */
function isTest(called: ts.Expression): boolean {
  if (ts.isIdentifier(called)) return ['test', 'it'].includes(called.text)
  if (ts.isCallExpression(called)) return isTest(called.expression)
  return (
    ts.isPropertyAccessExpression(called) &&
    ['each', 'for', 'sequential', 'concurrent'].includes(called.name.text) &&
    isTest(called.expression)
  )
}

const naming = titles().flatMap(({ file, text }) => {
  const numbers = [...text.matchAll(/\[P(\d+)\]/g)].map(([, number]) => Number(number))
  return numbers.length > 0 ? [{ file, text, numbers }] : []
})

test('the list of promises is whole, each with its number', () => {
  expect(promises.map(({ number }) => number)).toEqual(Array.from({ length: 175 }, (_, index) => index + 1))
})

test('a promise said kept is proved by a test that names it, and by nothing but the doors', () => {
  const kept = promises.filter(({ state }) => state === 'kept').map(({ number }) => number)
  const proved = new Set(naming.flatMap(({ numbers }) => numbers))
  process.stdout.write(`\n  promesses tenues : ${kept.length} sur ${promises.length}\n`)
  expect(kept.filter((number) => !proved.has(number)).map((number) => `P${number}`)).toEqual([])
  expect([...proved].filter((number) => !kept.includes(number)).map((number) => `P${number}`)).toEqual([])
  expect(naming.filter(({ file }) => !doors.includes(file.split('/')[0] ?? ''))).toEqual([])
})

test('a test proves three promises at most', () => {
  expect(naming.filter(({ numbers }) => numbers.length > 3).map(({ text }) => text)).toEqual([])
})
