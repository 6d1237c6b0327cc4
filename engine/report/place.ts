/**
 * The address of the resource in a place (`aws_kms_key.image` of `aws_kms_key.image.policy`, with the file in front of it if there is
 * one), or of the builder of a template; all of it where it has another form.
 */
export function resourceIn(at: string): string {
  const [builder] = /^[^:]+:(?:(?:build\.)?source\.[\w-]+\.[\w-]+|builders\[\d+\])/.exec(at) ?? []
  if (builder !== undefined) return builder
  const step = String.raw`[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?`
  return (
    new RegExp(String.raw`^(?:(?!arn:)[^"]+?:)?(?:module\.${step}\.)*(?:data\.)?[a-z]\w*_\w+\.${step}(?=\.|$)`).exec(
      at,
    )?.[0] ?? at
  )
}
