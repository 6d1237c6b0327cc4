import { relative, resolve } from 'node:path'
import { type SourceFile, ts } from 'ts-morph'
import { emitOwnConstructs } from './emit/rule-constructs'
import type { File } from './file'
import type { Judged } from './load'
import { bundled, readOwn } from './own'
import type { RuleModel } from './read'

/** CDK for Terraform, and its fork: folders of what is written, and of the constructs that it is built upon. */
const flavours = ['cdktf', 'cdktn'] as const

/**
 * The constructs of a team's own rules, which are in `folder`, as a CommonJS module for each flavour: its text, its types, and those of all
 * that they speak of. Programs of CDK for Terraform are CommonJS as a rule.
 */
export async function ownConstructs(
  rules: readonly RuleModel[],
  judged: ReadonlyMap<string, Judged>,
  folder: string,
  root: string,
): Promise<readonly File[]> {
  const types = typesOf(emitOwnConstructs(rules, judged, ANY, './policies'), folder, root)
  const modules = await Promise.all(
    flavours.map(async flavour => {
      const text = await bundled(emitOwnConstructs(rules, judged, flavour, '.'), resolve(folder), root, {
        format: 'cjs',
        platform: 'node',
        external: [`keyreach/${flavour}`, 'constructs'],
        keepNames: true,
      })
      return [
        { path: `${flavour}/index.js`, text },
        { path: `${flavour}/package.json`, text: '{ "type": "commonjs" }\n' },
        ...types.map(({ path, text }) => ({
          path: `${flavour}/${path}`,
          text: text.replaceAll(`'keyreach/${ANY}'`, `'keyreach/${flavour}'`),
        })),
      ]
    }),
  )
  return modules.flat()
}

/** Stands for either flavour where types are made, which takes longer than all the rest and gives the same for both. */
const ANY = '*'

/** The declarations of a module beside rules, as `index.d.ts`, and of what it imports of those rules and their words. */
function typesOf(source: string, folder: string, root: string): readonly File[] {
  const { project } = readOwn(folder, root)
  const home = resolve(root)
  const index = project.createSourceFile(resolve(home, 'index.ts'), source)
  project.compilerOptions.set({ noEmit: false, declaration: true, emitDeclarationOnly: true })
  const reached = new Map<SourceFile, File>()
  const reach = (file: SourceFile): void => {
    if (reached.has(file)) return
    const declaration = declarationOf(file, home)
    reached.set(file, declaration)
    for (const { fileName } of ts.preProcessFile(declaration.text, true, true).importedFiles) {
      const next = fileName.startsWith('.') && project.getSourceFile(resolve(file.getDirectoryPath(), `${fileName}.ts`))
      if (next) reach(next)
    }
  }
  reach(index)
  return [...reached.values()]
}

/** The declarations of a source, which have what is of the package by relative paths. */
function declarationOf(file: SourceFile, home: string): File {
  const [emitted] = file.getEmitOutput({ emitOnlyDtsFiles: true }).getOutputFiles()
  const up = relative(file.getDirectoryPath(), home) || '.'
  return {
    path: relative(home, file.getFilePath()).replace(/ts$/, 'd.ts'),
    text: (emitted?.getText() ?? '').replaceAll(/(from |import\()(['"])keyreach\/policies\//g, `$1$2${up}/policies/`),
  }
}
