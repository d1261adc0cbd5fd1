// Run in a page: what of it has too little contrast (WCAG 2: 4.5), no name, or no room.
;(() => {
  const found = []
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (color) => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
      const part = channel / 255
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const groundOf = (element) => {
    if (element === null) return 'rgb(255, 255, 255)'
    const color = getComputedStyle(element).backgroundColor
    return channels(color)[3] === 0 ? groundOf(element.parentElement) : color
  }
  for (const element of document.body.querySelectorAll('main *')) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '',
    )
    if (!own) continue
    const { color, fontSize } = getComputedStyle(element)
    const pair = [luminance(color), luminance(groundOf(element))].sort((one, other) => other - one)
    const contrast = ((pair[0] ?? 0) + 0.05) / ((pair[1] ?? 0) + 0.05)
    if (contrast < 4.5) found.push(`${element.outerHTML} has a contrast of ${contrast}`)
    if (Number.parseFloat(fontSize) < 9) found.push(`${element.outerHTML} is in ${fontSize}`)
    if (element.closest('svg') === null && element.getBoundingClientRect().right > innerWidth + 0.5) {
      found.push(`${element.outerHTML} is cut off`)
    }
  }
  for (const drawing of document.querySelectorAll('svg')) {
    const named = drawing.getAttribute('role') === 'img' && (drawing.getAttribute('aria-label') ?? '') !== ''
    if (!named && drawing.getAttribute('aria-hidden') !== 'true') found.push('a drawing has no name')
  }
  for (const image of document.querySelectorAll('[role=img]')) {
    if ((image.getAttribute('aria-label') ?? '') === '') found.push('an image has no name')
  }
  if (document.querySelectorAll('h1').length !== 1) found.push('there is not one heading')
  if (document.querySelectorAll('main').length !== 1) found.push('there is not one main')
  if (document.documentElement.lang !== 'en' || document.title === '')
    found.push('there is no title or language')
  if (document.documentElement.scrollWidth > innerWidth) found.push('it is wider than its frame')
  const footer = document.querySelector('footer')?.getBoundingClientRect()
  if (footer === undefined || footer.bottom > innerHeight + 0.5) found.push('its time is out of sight')
  return found
})()
