import { GraphQLInt, GraphQLList, GraphQLObjectType, GraphQLSchema, parse } from 'graphql'
import { beforeEach, expect, test } from 'vitest'
import type { ObjectPlan } from '../../src/graphql/execution-plan'
import { KeptTexts } from '../../src/graphql/kept-texts'
import { createExecution } from '../../src/graphql/planned-execution'

interface Day {
  readonly origin: { readonly value: number | Error }
}

let computed: number
const value = ({ origin }: Day): number => {
  computed += 1
  if (origin.value instanceof Error) throw origin.value
  return origin.value
}
const Inner = new GraphQLObjectType<Day>({
  name: 'Inner',
  fields: { value: { type: GraphQLInt, resolve: value } },
})
const Day = new GraphQLObjectType<Day>({
  name: 'Day',
  extensions: { madeOf: ({ origin }: Day) => origin },
  fields: {
    value: { type: GraphQLInt, resolve: value },
    inner: { type: Inner, resolve: (day) => day },
    later: { type: GraphQLInt, resolve: async (day) => value(day) },
    times: {
      type: GraphQLInt,
      args: { by: { type: GraphQLInt } },
      resolve: (day, { by }) => value(day) * by,
    },
  },
})
const origins = [{ value: 1 }, { value: 2 }] as Day['origin'][]
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    // Others each time, made of the same.
    fields: { days: { type: new GraphQLList(Day), resolve: () => origins.map((origin) => ({ origin })) } },
  }),
})

let ask: (text: string, variableValues?: Record<string, unknown>) => Promise<unknown>

beforeEach(() => {
  computed = 0
  const execute = createExecution(schema)
  const documents = new Map<string, ReturnType<typeof parse>>()
  ask = async (text, variableValues = {}) => {
    const document = documents.get(text) ?? parse(text)
    documents.set(text, document)
    return JSON.parse(
      JSON.stringify(await execute({ document, operationName: undefined, variableValues, contextValue: {} })),
    )
  }
})

test('what is made of something that never changes is made once', async () => {
  const expected = { data: { days: [1, 2].map((value) => ({ value, inner: { value } })) } }
  for (let time = 0; time < 3; time += 1) {
    expect(await ask('{ days { value inner { value } } }')).toEqual(expected)
  }
  expect(computed).toBe(4)
})

test('another question is not answered with it', async () => {
  expect(await ask('{ days { value } }')).toEqual({ data: { days: [{ value: 1 }, { value: 2 }] } })
  expect(await ask('{ days { other: value } }')).toEqual({ data: { days: [{ other: 1 }, { other: 2 }] } })
  expect(await ask('{ days { value } also: days { inner { value } } }')).toEqual({
    data: { days: [{ value: 1 }, { value: 2 }], also: [1, 2].map((value) => ({ inner: { value } })) },
  })
})

test('neither is one with other arguments', async () => {
  const times = (by: number) => ask('query ($by: Int) { days { times(by: $by) } }', { by })
  expect(await times(2)).toEqual({ data: { days: [{ times: 2 }, { times: 4 }] } })
  expect(await times(3)).toEqual({ data: { days: [{ times: 3 }, { times: 6 }] } })
})

test('what has to be waited for is asked for again', async () => {
  for (let time = 0; time < 2; time += 1) {
    expect(await ask('{ days { later } }')).toEqual({ data: { days: [{ later: 1 }, { later: 2 }] } })
  }
  expect(computed).toBe(4)
})

test('a refusal is told each time', async () => {
  origins.push({ value: new Error('no such day') })
  try {
    for (let time = 0; time < 2; time += 1) {
      const answer = await ask('{ days { inner { value } } }')
      expect(answer).toMatchObject({
        data: { days: [{ inner: { value: 1 } }, { inner: { value: 2 } }, { inner: { value: null } }] },
        errors: [{ message: 'no such day', path: ['days', 2, 'inner', 'value'] }],
      })
    }
  } finally {
    origins.pop()
  }
})

test('so much is kept and no more', () => {
  const texts = new KeptTexts(10)
  const plan: ObjectPlan = { kind: 'object', fields: [], madeOf: undefined }
  const [first, second, third] = [{}, {}, {}]
  texts.keep(first, plan, '12345')
  texts.keep(second, plan, '67890')
  expect([first, second].map((origin) => texts.find(origin, plan))).toEqual(['12345', '67890'])
  texts.keep(third, plan, 'x')
  expect([first, second, third].map((origin) => texts.find(origin, plan))).toEqual([
    undefined,
    undefined,
    'x',
  ])
  expect(texts.find(third, { ...plan })).toBeUndefined()
})
