/** What a template says. */
export interface PackerTemplateProps {
  /** Where the image is built. */
  readonly region: string
  /** The image to begin with. */
  readonly sourceAmi: string
  /** The name of the image. */
  readonly imageName: string
  /** The type of instance to build on. */
  readonly instanceType: string
  /** The user that Packer logs in as. */
  readonly sshUsername: string
  /** The alias of the key in every region, without `alias/`. */
  readonly keyAlias: string
  /** The regions that the image is copied to, besides that of the build. */
  readonly copyToRegions: readonly string[]
  /** The accounts that the image is shared with, its snapshots too. */
  readonly shareWithAccounts: readonly string[]
}

type Setting = string | boolean | readonly string[] | { readonly [name: string]: string }

/** A template of Packer with one builder, `amazon-ebs`. */
export class PackerTemplate {
  /** The settings of the builder, by Packer's names. */
  readonly settings: { readonly [name: string]: Setting }

  constructor(props: PackerTemplateProps) {
    const key = `alias/${props.keyAlias}`
    const regions = [props.region, ...props.copyToRegions]
    const accounts = props.shareWithAccounts
    this.settings = {
      region: props.region,
      source_ami: props.sourceAmi,
      ami_name: props.imageName,
      instance_type: props.instanceType,
      ssh_username: props.sshUsername,
      encrypt_boot: true,
      kms_key_id: key,
      ...(props.copyToRegions.length > 0 && {
        ami_regions: regions,
        region_kms_key_ids: Object.fromEntries(regions.map(region => [region, key])),
      }),
      ...(accounts.length > 0 && { ami_users: accounts, snapshot_users: accounts }),
    }
  }

  /** The template in HCL, as a `.pkr.hcl` file has it. */
  toHcl(): string {
    const width = Math.max(...Object.keys(this.settings).map(name => name.length))
    const lines = Object.entries(this.settings).map(([name, value]) => `  ${name.padEnd(width)} = ${hcl(value)}`)
    return `packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "~> 1"
    }
  }
}

source "amazon-ebs" "image" {
${lines.join('\n')}
}

build {
  sources = ["source.amazon-ebs.image"]
}
`
  }

  /** The template in JSON, the older of Packer's languages. */
  toJson(): string {
    return `${JSON.stringify({ builders: [{ type: 'amazon-ebs', ...this.settings }] }, null, 2)}\n`
  }
}

function hcl(value: Setting): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(quoted).join(', ')}]`
  const entries = Object.entries(value).map(([name, item]) => `    ${quoted(name)} = ${quoted(String(item))}`)
  return `{\n${entries.join('\n')}\n  }`
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('${', '$${').replaceAll('%{', '%%{')
}
