// `tenon doctor storage`: whether every object has its bytes, and all bytes an object.

import { examineProjectStorage, readDatabaseProject } from 'tenon'

import { printExamination, printFinding } from '../print/storage-findings.ts'
import { type DatabaseFlags, findProject } from '../project.ts'

export interface DoctorFlags extends DatabaseFlags {
  readonly deep?: boolean
  readonly repair?: boolean
  readonly age?: number
}

/** Prints what is wrong as it is found; exits with 1 where some of it stays. */
export async function examineStorage(flags: DoctorFlags): Promise<void> {
  const { databaseUrl, deep = false, repair = false, age = null } = flags
  const config = readDatabaseProject(findProject(flags.project, process.cwd()), process.env, { databaseUrl })
  const examination = await examineProjectStorage(config, { deep, repair, age }, (finding, repaired) =>
    console.log(printFinding(finding, repaired)),
  )
  console.log(printExamination(examination, repair))
  if (examination.found > examination.repaired) process.exitCode = 1
}
