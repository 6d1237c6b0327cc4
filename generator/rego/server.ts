/** What may be asked for: the decision on plans, and what the API server of a cluster asks. */
const decisions = '["v1", "data", "policies", "decision"], ["v0", "data", "policies", "admission", "review"]'

const header = '# Generated from generator/rego/server.ts; do not edit.\n'

/**
 * What an OPA server is told of itself: who may ask for what, and what it may log. It is a bundle of its own, so that OPA servers that have
 * other policies as well are free to have their own.
 */
export const serverModules = [
  { path: 'system/authz.rego', text: authorization() },
  { path: 'system/log.rego', text: log() },
]

function authorization(): string {
  return `${header}
# METADATA
# title: Who may ask an OPA server for what
# description: |
#   Anyone may ask for its health and its status, and for decisions; where there is a token \`data.server.client\`, only who has it.
#   Objects of a cluster are replicated by whoever has the token \`data.server.replication\`. Nothing else may be asked, read or changed.
package system.authz

default allow := false

allow if {
	input.method in {"GET", "HEAD"}
	input.path in {["health"], ["v1", "status"]}
}

allow if {
	_asks_for_decision
	not data.server.client
}

allow if {
	_asks_for_decision
	input.identity == data.server.client
}

allow if {
	array.slice(input.path, 0, 3) == ["v1", "data", "kubernetes"]
	input.identity == data.server.replication
}

_asks_for_decision if {
	input.method == "POST"
	input.path in {${decisions}}
}
`
}

function log(): string {
  return `${header}
# METADATA
# title: What an OPA server may log of a decision
# description: Plans and objects have secrets in them, and findings name accounts and keys; what is left are the verdict and its counts.
package system.log

mask contains "/input"

mask contains "/nd_builtin_cache"

mask contains {"op": "upsert", "path": "/result", "value": verdict} if {
	verdict := {name: value |
		some name in ["allow", "counts"]
		value := input.result[name]
	}
}
`
}
