import { mount } from 'svelte'
import '../look/tokens.css'
import '../look/base.css'
import Prompt from './Prompt.svelte'
import { languageOfPage, speak, texts } from '../words/texts.svelte.ts'

const target = document.getElementById('window')
if (target === null) throw new Error('prompt.html has no element with the id "window"')

// Not awaited at the top: the bundler would then keep what the page's chunks have in common out of the first one.
void speak(languageOfPage()).then(() => {
  document.title = texts().titles.prompt
  mount(Prompt, { target })
})
