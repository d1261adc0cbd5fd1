import { GraphQLError, getArgumentValues, locatedError } from 'graphql'
import { type Execution, FieldInfo, type Place, stepsTo } from './execution'
import type { FieldPlan, ObjectPlan, ValuePlan } from './execution-plan'

const NULL = 'null'

/** JSON; a promise of it where something in it has to be waited for. */
export type Written = string | Promise<string>

/** JSON that comes in pieces, some of which may have to be waited for. */
class Pieces {
  private waiting: Written[] | undefined

  constructor(private text: string) {}

  add(before: string, piece: Written): void {
    if (typeof piece === 'string') {
      this.text += before + piece
      return
    }
    this.waiting ??= []
    this.waiting.push(this.text + before, piece)
    this.text = ''
  }

  ended(by: string): Written {
    this.text += by
    return this.whole() ?? this.text
  }

  /** All that is there by now; undefined if nothing of it has to be waited for. */
  whole(): Promise<string> | undefined {
    const { waiting, text } = this
    return waiting && Promise.all([...waiting, text]).then((pieces) => pieces.join(''))
  }
}

/** An object with these fields. @throws GraphQLError where one that cannot be null is refused */
export function writeObject(
  execution: Execution,
  plans: readonly FieldPlan[],
  source: unknown,
  place: Place,
): Written {
  const pieces = new Pieces('{')
  try {
    for (const plan of plans) pieces.add(plan.key, writeField(execution, plan, source, place))
  } catch (error) {
    const others = pieces.whole()
    if (others === undefined) throw error
    return others.finally(() => {
      throw error
    })
  }
  return pieces.ended('}')
}

function writeField(execution: Execution, field: FieldPlan, source: unknown, place: Place): Written {
  const { resolve, value } = field
  // Of thousands of values, nearly all are there, and nobody has to wait for them.
  if (resolve === undefined && value.kind === 'leaf') {
    try {
      const found = propertyOf(source, field)
      if (typeof found !== 'object' && typeof found !== 'function' && found !== undefined) {
        return value.write(found)
      }
      if (found === null && !value.isNonNull) return NULL
    } catch (error) {
      return refuse(execution, field, value, place, error)
    }
  }
  try {
    return protectedValue(execution, field, value, place, resolved(execution, field, source, place))
  } catch (error) {
    return refuse(execution, field, value, place, error)
  }
}

/** A value, or one to come, that is null where it is refused and may be null. */
function protectedValue(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  found: unknown,
): Written {
  const completed = isPromise(found)
    ? completeLater(execution, field, plan, place, found)
    : complete(execution, field, plan, place, found)
  return typeof completed === 'string' ? completed : refuseLater(execution, field, plan, place, completed)
}

// Functions of their own: what a closure holds on to is put aside at each call of the function around it, and most of
// thousands of values are there at once.
function completeLater(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  found: PromiseLike<unknown>,
): Promise<string> {
  return Promise.resolve(found).then((value) => complete(execution, field, plan, place, value))
}

function refuseLater(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  completed: Promise<string>,
): Promise<string> {
  return completed.catch((error: unknown) => refuse(execution, field, plan, place, error))
}

function resolved(execution: Execution, field: FieldPlan, source: unknown, place: Place): unknown {
  const { resolve } = field
  const { context } = execution
  if (resolve !== undefined) {
    return resolve(source, argumentsOf(execution, field), context, new FieldInfo(execution, field, place))
  }
  const found = propertyOf(source, field)
  return typeof found === 'function'
    ? found.call(source, {}, context, new FieldInfo(execution, field, place))
    : found
}

function propertyOf(source: unknown, { definition }: FieldPlan): unknown {
  const isObject = (typeof source === 'object' && source !== null) || typeof source === 'function'
  return isObject ? (source as Record<string, unknown>)[definition.name] : undefined
}

function argumentsOf(
  { variables }: Execution,
  { definition, nodes: [node] }: FieldPlan,
): Record<string, unknown> {
  if (node === undefined || definition.args.length === 0) return {}
  return getArgumentValues(definition, node, variables)
}

/** @throws what its field is refused for */
function complete(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  value: unknown,
): Written {
  if (value instanceof Error) throw value
  if (value === null || value === undefined) {
    if (!plan.isNonNull) return NULL
    const { parentType, definition } = field
    throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${definition.name}.`)
  }
  switch (plan.kind) {
    case 'leaf':
      return plan.write(value)
    case 'object':
      return plan.madeOf === undefined
        ? writeObject(execution, plan.fields, value, place)
        : writeKept(execution, plan, plan.madeOf(value), value, place)
    case 'list': {
      if (!isIterable(value)) {
        const { parentType, definition } = field
        throw new GraphQLError(
          `Expected Iterable, but did not find one for field "${parentType.name}.${definition.name}".`,
        )
      }
      return writeList(execution, field, plan.item, place, value)
    }
  }
}

/** What is made of something that never changes is written once, unless something in it is refused. */
function writeKept(
  execution: Execution,
  plan: ObjectPlan,
  origin: object,
  value: unknown,
  place: Place,
): Written {
  const { keptTexts, errors } = execution
  const known = keptTexts.find(origin, plan)
  if (known !== undefined) return known
  const { refusals } = errors
  const written = writeObject(execution, plan.fields, value, place)
  if (typeof written === 'string' && errors.refusals === refusals) keptTexts.keep(origin, plan, written)
  return written
}

function writeList(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  list: Place,
  values: Iterable<unknown>,
): Written {
  const pieces = new Pieces('[')
  let index = 0
  try {
    for (const value of values) {
      const item = writeItem(execution, field, plan, { prev: list, index }, value)
      pieces.add(index === 0 ? '' : ',', item)
      index += 1
    }
  } catch (error) {
    // Nobody waits for the others any more, but theirs are no errors that nobody has heard of.
    pieces.whole()?.catch(() => undefined)
    throw error
  }
  return pieces.ended(']')
}

function writeItem(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  item: unknown,
): Written {
  try {
    return protectedValue(execution, field, plan, place, item)
  } catch (error) {
    return refuse(execution, field, plan, place, error)
  }
}

/** Null where the type allows it. @throws GraphQLError where it does not: then it is the object around it that is null */
function refuse(
  { errors }: Execution,
  field: FieldPlan,
  { isNonNull }: ValuePlan,
  place: Place,
  error: unknown,
): string {
  const path = stepsTo(field, place).map(({ key }) => key)
  const located = locatedError(error, field.nodes, path)
  if (isNonNull) throw located
  errors.add(located, path)
  return NULL
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
