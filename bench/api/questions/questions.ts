import { question } from '../harness/question'
import { accountStatement } from './account-statement'
import { dailySeries } from './series'
import { deepPage } from './transfers'
import { restTreasury, treasury, treasuryAsOf } from './treasury'
import { statement } from './wires'

/** The least that can be asked of the database at all. */
const one = question<undefined>({
  name: 'select 1',
  describes: 'a question to PostgreSQL that is answered at once, through `pg`',
  parameters: async () => [undefined],
  wires: { sql: statement('one', () => [], []) },
  atBothSizes: false,
  targets: {},
})

/** In the order of the table. */
export const QUESTIONS = [one, restTreasury, treasury, deepPage, accountStatement, dailySeries, treasuryAsOf]
