import { lakeSuite } from './lake-suite.ts'

lakeSuite()
