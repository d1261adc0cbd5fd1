import type { ObjectPlan } from './execution-plan'

/** Most characters that are kept: then all of them go. */
const MOST_CHARACTERS = 16_000_000

/** Parts of answers that are made of what never changes, as long as that is kept itself, and so is the question. */
export class KeptTexts {
  // Both weak: questions that differ in a name only can be made up without end.
  private texts = new WeakMap<ObjectPlan, WeakMap<object, string>>()
  private characters = 0

  constructor(private readonly most = MOST_CHARACTERS) {}

  /** @param origin what it is made of */
  find(origin: object, plan: ObjectPlan): string | undefined {
    return this.texts.get(plan)?.get(origin)
  }

  keep(origin: object, plan: ObjectPlan, text: string): void {
    this.characters += text.length
    if (this.characters > this.most) {
      this.texts = new WeakMap()
      this.characters = text.length
    }
    const texts = this.texts.get(plan) ?? new WeakMap<object, string>()
    this.texts.set(plan, texts)
    texts.set(origin, flat(text))
  }
}

/** V8 keeps what was put together from pieces as these pieces, and walks through all of them each time. */
function flat(text: string): string {
  return Buffer.from(text).toString()
}
