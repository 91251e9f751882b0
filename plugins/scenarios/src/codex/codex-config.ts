import { lt } from 'semver';

/** What a scenario may change of the configuration every scenario starts with. */
export interface CodexSettings {
  readonly requestRetries?: number;
  readonly streamRetries?: number;
  readonly idleTimeoutMs?: number;
  /** More TOML, after the tables. */
  readonly more?: string;
}

/** A model that the version knows by itself: an unknown one changes the tools on offer and, in newer versions, adds an event. */
export function codexModel(version: string): string {
  if (lt(version, '0.117.0')) return 'gpt-5.1';
  return lt(version, '0.169.0') ? 'gpt-5.4' : 'gpt-5.5';
}

/** `config.toml` for the scripted model, with everything off that would ask anybody else. Older versions ignore keys they do not know. */
export function codexConfig(version: string, settings: CodexSettings = {}): string {
  return `model = "${codexModel(version)}"
model_provider = "mock"
check_for_update_on_startup = false

[analytics]
enabled = false

[otel]
exporter = "none"
metrics_exporter = "none"

[features]
plugins = false
apps = false
remote_models = false

[model_providers.mock]
name = "mock"
base_url = "{{model}}"
env_key = "MOCK_API_KEY"
wire_api = "responses"
request_max_retries = ${String(settings.requestRetries ?? 0)}
stream_max_retries = ${String(settings.streamRetries ?? 0)}
stream_idle_timeout_ms = ${String(settings.idleTimeoutMs ?? 5000)}
${settings.more ?? ''}`;
}
