import type { PageData } from '../data'
import { showReport } from './report'

const root = document.getElementById('app')
const data = document.getElementById('data')
if (root && data) showReport(root, JSON.parse(data.textContent ?? '') as PageData)
