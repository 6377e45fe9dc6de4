import type { Context } from './context'

/**
 * One of many pieces of work in a transaction: what it wrote is undone when it throws, and the others go on, after an
 * error of the database too.
 */
export async function apart<Result>(ctx: Context, work: () => Promise<Result>): Promise<Result> {
  await ctx.tx.$executeRaw`SAVEPOINT apart`
  try {
    const result = await work()
    await ctx.tx.$executeRaw`RELEASE SAVEPOINT apart`
    return result
  } catch (error) {
    await ctx.tx.$executeRaw`ROLLBACK TO SAVEPOINT apart`
    throw error
  }
}
