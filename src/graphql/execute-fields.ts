import { GraphQLError, type GraphQLLeafType, getArgumentValues, locatedError } from 'graphql'
import { type Execution, FieldInfo, type Place, stepsTo } from './execution'
import type { FieldPlan, ValuePlan } from './execution-plan'

export type Fields = Record<string, unknown>

/** The fields of an object; a promise where one of them has to be waited for. @throws GraphQLError where one that cannot be null is refused */
export function fieldsOf(
  execution: Execution,
  plans: readonly FieldPlan[],
  source: unknown,
  place: Place,
): Fields | Promise<unknown> {
  const fields: Fields = {}
  let isPending = false
  try {
    for (const plan of plans) {
      const value = fieldOf(execution, plan, source, place)
      fields[plan.responseName] = value
      isPending ||= value instanceof Promise
    }
  } catch (error) {
    if (!isPending) throw error
    return whole(fields).finally(() => {
      throw error
    })
  }
  return isPending ? whole(fields) : fields
}

/** An object whose fields are all there. */
async function whole(fields: Fields): Promise<Fields> {
  const values = await Promise.all(Object.values(fields))
  return Object.fromEntries(Object.keys(fields).map((name, index) => [name, values[index]]))
}

function fieldOf(execution: Execution, field: FieldPlan, source: unknown, place: Place): unknown {
  const { resolve, value } = field
  // Of thousands of values, nearly all are there, and nobody has to wait for them.
  if (resolve === undefined && value.kind === 'leaf') {
    try {
      const found = propertyOf(source, field)
      if (typeof found !== 'object' && typeof found !== 'function' && found !== undefined) {
        return serialized(value.type, found)
      }
      if (found === null && !value.isNonNull) return null
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
): unknown {
  const completed = isPromise(found)
    ? completeLater(execution, field, plan, place, found)
    : complete(execution, field, plan, place, found)
  return completed instanceof Promise ? refuseLater(execution, field, plan, place, completed) : completed
}

// Functions of their own: what a closure holds on to is put aside at each call of the function around it, and most of
// thousands of values are there at once.
function completeLater(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  found: PromiseLike<unknown>,
): Promise<unknown> {
  return Promise.resolve(found).then((value) => complete(execution, field, plan, place, value))
}

function refuseLater(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  completed: Promise<unknown>,
): Promise<unknown> {
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
  return isObject ? (source as Fields)[definition.name] : undefined
}

function argumentsOf({ variables }: Execution, { definition, nodes: [node] }: FieldPlan): Fields {
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
): unknown {
  if (value instanceof Error) throw value
  const completed =
    value === null || value === undefined ? null : present(execution, field, plan, place, value)
  if (completed === null && plan.isNonNull) {
    const { parentType, definition } = field
    throw new Error(`Cannot return null for non-nullable field ${parentType.name}.${definition.name}.`)
  }
  return completed
}

function present(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  value: unknown,
): unknown {
  switch (plan.kind) {
    case 'leaf':
      return serialized(plan.type, value)
    case 'object':
      return fieldsOf(execution, plan.fields, value, place)
    case 'list': {
      if (!isIterable(value)) {
        const { parentType, definition } = field
        throw new GraphQLError(
          `Expected Iterable, but did not find one for field "${parentType.name}.${definition.name}".`,
        )
      }
      return itemsOf(execution, field, plan.item, place, value)
    }
  }
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  const given = type.serialize(value)
  if (given === null || given === undefined) throw new TypeError(`a ${type.name} is nothing`)
  return given
}

function itemsOf(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  list: Place,
  values: Iterable<unknown>,
): unknown {
  const items: unknown[] = []
  let isPending = false
  try {
    for (const value of values) {
      const place = { prev: list, index: items.length }
      const item = itemOf(execution, field, plan, place, value)
      isPending ||= item instanceof Promise
      items.push(item)
    }
  } catch (error) {
    // Nobody waits for the others any more, but theirs are no errors that nobody has heard of.
    void Promise.allSettled(items)
    throw error
  }
  return isPending ? Promise.all(items) : items
}

function itemOf(
  execution: Execution,
  field: FieldPlan,
  plan: ValuePlan,
  place: Place,
  item: unknown,
): unknown {
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
): null {
  const path = stepsTo(field, place).map(({ key }) => key)
  const located = locatedError(error, field.nodes, path)
  if (isNonNull) throw located
  errors.add(located, path)
  return null
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}
