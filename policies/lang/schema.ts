// Generated from @cdktf/provider-aws 21.22.1 by generator/emit/schema.ts; do not edit.

/** The attributes and blocks of the resource types (data sources as `data.…`) that rules read. */
export interface Schema {
  aws_account_region: {
    attributes: {
      account_id: string
      enabled: boolean
      id: string
      opt_status: string
      region_name: string
    }
    blocks: None
  }
  aws_ami: {
    attributes: {
      architecture: string
      arn: string
      boot_mode: string
      deprecation_time: string
      description: string
      ena_support: boolean
      hypervisor: string
      id: string
      image_location: string
      image_owner_alias: string
      image_type: string
      imds_support: string
      kernel_id: string
      last_launched_time: string
      manage_ebs_snapshots: boolean
      name: string
      owner_id: string
      platform: string
      platform_details: string
      public: boolean
      ramdisk_id: string
      region: string
      root_device_name: string
      root_snapshot_id: string
      sriov_net_support: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      tpm_support: string
      uefi_data: string
      usage_operation: string
      virtualization_type: string
    }
    blocks: {
      ebs_block_device: {
        attributes: {
          delete_on_termination: boolean
          device_name: string
          encrypted: boolean
          iops: number
          outpost_arn: string
          snapshot_id: string
          throughput: number
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
      ephemeral_block_device: {
        attributes: {
          device_name: string
          virtual_name: string
        }
        blocks: None
      }
    }
  }
  aws_ami_copy: {
    attributes: {
      architecture: string
      arn: string
      boot_mode: string
      deprecation_time: string
      description: string
      destination_outpost_arn: string
      ena_support: boolean
      encrypted: boolean
      hypervisor: string
      id: string
      image_location: string
      image_owner_alias: string
      image_type: string
      imds_support: string
      kernel_id: string
      kms_key_id: string
      last_launched_time: string
      manage_ebs_snapshots: boolean
      name: string
      owner_id: string
      platform: string
      platform_details: string
      public: boolean
      ramdisk_id: string
      region: string
      root_device_name: string
      root_snapshot_id: string
      source_ami_id: string
      source_ami_region: string
      sriov_net_support: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      tpm_support: string
      uefi_data: string
      usage_operation: string
      virtualization_type: string
    }
    blocks: {
      ebs_block_device: {
        attributes: {
          delete_on_termination: boolean
          device_name: string
          encrypted: boolean
          iops: number
          outpost_arn: string
          snapshot_id: string
          throughput: number
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
      ephemeral_block_device: {
        attributes: {
          device_name: string
          virtual_name: string
        }
        blocks: None
      }
    }
  }
  aws_ami_from_instance: {
    attributes: {
      architecture: string
      arn: string
      boot_mode: string
      deprecation_time: string
      description: string
      ena_support: boolean
      hypervisor: string
      id: string
      image_location: string
      image_owner_alias: string
      image_type: string
      imds_support: string
      kernel_id: string
      last_launched_time: string
      manage_ebs_snapshots: boolean
      name: string
      owner_id: string
      platform: string
      platform_details: string
      public: boolean
      ramdisk_id: string
      region: string
      root_device_name: string
      root_snapshot_id: string
      snapshot_without_reboot: boolean
      source_instance_id: string
      sriov_net_support: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      tpm_support: string
      uefi_data: string
      usage_operation: string
      virtualization_type: string
    }
    blocks: {
      ebs_block_device: {
        attributes: {
          delete_on_termination: boolean
          device_name: string
          encrypted: boolean
          iops: number
          outpost_arn: string
          snapshot_id: string
          throughput: number
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
      ephemeral_block_device: {
        attributes: {
          device_name: string
          virtual_name: string
        }
        blocks: None
      }
    }
  }
  aws_ami_launch_permission: {
    attributes: {
      account_id: string
      group: string
      id: string
      image_id: string
      organization_arn: string
      organizational_unit_arn: string
      region: string
    }
    blocks: None
  }
  aws_autoscaling_group: {
    attributes: {
      arn: string
      availability_zones: readonly string[]
      capacity_rebalance: boolean
      context: string
      default_cooldown: number
      default_instance_warmup: number
      desired_capacity: number
      desired_capacity_type: string
      enabled_metrics: readonly string[]
      force_delete: boolean
      force_delete_warm_pool: boolean
      health_check_grace_period: number
      health_check_type: string
      id: string
      ignore_failed_scaling_activities: boolean
      launch_configuration: string
      load_balancers: readonly string[]
      max_instance_lifetime: number
      max_size: number
      metrics_granularity: string
      min_elb_capacity: number
      min_size: number
      name: string
      name_prefix: string
      placement_group: string
      predicted_capacity: number
      protect_from_scale_in: boolean
      region: string
      service_linked_role_arn: string
      suspended_processes: readonly string[]
      target_group_arns: readonly string[]
      termination_policies: readonly string[]
      vpc_zone_identifier: readonly string[]
      wait_for_capacity_timeout: string
      wait_for_elb_capacity: number
      warm_pool_size: number
    }
    blocks: {
      availability_zone_distribution: {
        attributes: {
          capacity_distribution_strategy: string
        }
        blocks: None
      }
      capacity_reservation_specification: {
        attributes: {
          capacity_reservation_preference: string
        }
        blocks: {
          capacity_reservation_target: {
            attributes: {
              capacity_reservation_ids: readonly string[]
              capacity_reservation_resource_group_arns: readonly string[]
            }
            blocks: None
          }
        }
      }
      initial_lifecycle_hook: {
        attributes: {
          default_result: string
          heartbeat_timeout: number
          lifecycle_transition: string
          name: string
          notification_metadata: string
          notification_target_arn: string
          role_arn: string
        }
        blocks: None
      }
      instance_maintenance_policy: {
        attributes: {
          max_healthy_percentage: number
          min_healthy_percentage: number
        }
        blocks: None
      }
      instance_refresh: {
        attributes: {
          strategy: string
          triggers: readonly string[]
        }
        blocks: {
          preferences: {
            attributes: {
              auto_rollback: boolean
              checkpoint_delay: string
              checkpoint_percentages: readonly number[]
              instance_warmup: string
              max_healthy_percentage: number
              min_healthy_percentage: number
              scale_in_protected_instances: string
              skip_matching: boolean
              standby_instances: string
            }
            blocks: {
              alarm_specification: {
                attributes: {
                  alarms: readonly string[]
                }
                blocks: None
              }
            }
          }
        }
      }
      launch_template: {
        attributes: {
          id: string
          name: string
          version: string
        }
        blocks: None
      }
      mixed_instances_policy: {
        attributes: None
        blocks: {
          instances_distribution: {
            attributes: {
              on_demand_allocation_strategy: string
              on_demand_base_capacity: number
              on_demand_percentage_above_base_capacity: number
              spot_allocation_strategy: string
              spot_instance_pools: number
              spot_max_price: string
            }
            blocks: None
          }
          launch_template: {
            attributes: None
            blocks: {
              launch_template_specification: {
                attributes: {
                  launch_template_id: string
                  launch_template_name: string
                  version: string
                }
                blocks: None
              }
              override: {
                attributes: {
                  instance_type: string
                  weighted_capacity: string
                }
                blocks: {
                  instance_requirements: {
                    attributes: {
                      accelerator_manufacturers: readonly string[]
                      accelerator_names: readonly string[]
                      accelerator_types: readonly string[]
                      allowed_instance_types: readonly string[]
                      bare_metal: string
                      burstable_performance: string
                      cpu_manufacturers: readonly string[]
                      excluded_instance_types: readonly string[]
                      instance_generations: readonly string[]
                      local_storage: string
                      local_storage_types: readonly string[]
                      max_spot_price_as_percentage_of_optimal_on_demand_price: number
                      on_demand_max_price_percentage_over_lowest_price: number
                      require_hibernate_support: boolean
                      spot_max_price_percentage_over_lowest_price: number
                    }
                    blocks: {
                      accelerator_count: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                      accelerator_total_memory_mib: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                      baseline_ebs_bandwidth_mbps: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                      memory_gib_per_vcpu: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                      memory_mib: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                      network_bandwidth_gbps: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                      network_interface_count: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                      total_local_storage_gb: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                      vcpu_count: {
                        attributes: {
                          max: number
                          min: number
                        }
                        blocks: None
                      }
                    }
                  }
                  launch_template_specification: {
                    attributes: {
                      launch_template_id: string
                      launch_template_name: string
                      version: string
                    }
                    blocks: None
                  }
                }
              }
            }
          }
        }
      }
      tag: {
        attributes: {
          key: string
          propagate_at_launch: boolean
          value: string
        }
        blocks: None
      }
      traffic_source: {
        attributes: {
          identifier: string
          type: string
        }
        blocks: None
      }
      warm_pool: {
        attributes: {
          max_group_prepared_capacity: number
          min_size: number
          pool_state: string
        }
        blocks: {
          instance_reuse_policy: {
            attributes: {
              reuse_on_scale_in: boolean
            }
            blocks: None
          }
        }
      }
    }
  }
  aws_batch_compute_environment: {
    attributes: {
      arn: string
      ecs_cluster_arn: string
      id: string
      name: string
      name_prefix: string
      region: string
      service_role: string
      state: string
      status: string
      status_reason: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      type: string
    }
    blocks: {
      compute_resources: {
        attributes: {
          allocation_strategy: string
          bid_percentage: number
          desired_vcpus: number
          ec2_key_pair: string
          image_id: string
          instance_role: string
          instance_type: readonly string[]
          max_vcpus: number
          min_vcpus: number
          placement_group: string
          security_group_ids: readonly string[]
          spot_iam_fleet_role: string
          subnets: readonly string[]
          tags: { readonly [key: string]: string }
          type: string
        }
        blocks: {
          ec2_configuration: {
            attributes: {
              image_id_override: string
              image_kubernetes_version: string
              image_type: string
            }
            blocks: None
          }
          launch_template: {
            attributes: {
              launch_template_id: string
              launch_template_name: string
              version: string
            }
            blocks: None
          }
        }
      }
      eks_configuration: {
        attributes: {
          eks_cluster_arn: string
          kubernetes_namespace: string
        }
        blocks: None
      }
      update_policy: {
        attributes: {
          job_execution_timeout_minutes: number
          terminate_jobs_on_update: boolean
        }
        blocks: None
      }
    }
  }
  aws_cloudwatch_composite_alarm: {
    attributes: {
      actions_enabled: boolean
      alarm_actions: readonly string[]
      alarm_description: string
      alarm_name: string
      alarm_rule: string
      arn: string
      id: string
      insufficient_data_actions: readonly string[]
      ok_actions: readonly string[]
      region: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
    }
    blocks: {
      actions_suppressor: {
        attributes: {
          alarm: string
          extension_period: number
          wait_period: number
        }
        blocks: None
      }
    }
  }
  aws_cloudwatch_event_rule: {
    attributes: {
      arn: string
      description: string
      event_bus_name: string
      event_pattern: string
      force_destroy: boolean
      id: string
      is_enabled: boolean
      name: string
      name_prefix: string
      region: string
      role_arn: string
      schedule_expression: string
      state: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
    }
    blocks: None
  }
  aws_cloudwatch_log_metric_filter: {
    attributes: {
      apply_on_transformed_logs: boolean
      id: string
      log_group_name: string
      name: string
      pattern: string
      region: string
    }
    blocks: {
      metric_transformation: {
        attributes: {
          default_value: string
          dimensions: { readonly [key: string]: string }
          name: string
          namespace: string
          unit: string
          value: string
        }
        blocks: None
      }
    }
  }
  aws_cloudwatch_metric_alarm: {
    attributes: {
      actions_enabled: boolean
      alarm_actions: readonly string[]
      alarm_description: string
      alarm_name: string
      arn: string
      comparison_operator: string
      datapoints_to_alarm: number
      dimensions: { readonly [key: string]: string }
      evaluate_low_sample_count_percentiles: string
      evaluation_periods: number
      extended_statistic: string
      id: string
      insufficient_data_actions: readonly string[]
      metric_name: string
      namespace: string
      ok_actions: readonly string[]
      period: number
      region: string
      statistic: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      threshold: number
      threshold_metric_id: string
      treat_missing_data: string
      unit: string
    }
    blocks: {
      metric_query: {
        attributes: {
          account_id: string
          expression: string
          id: string
          label: string
          period: number
          return_data: boolean
        }
        blocks: {
          metric: {
            attributes: {
              dimensions: { readonly [key: string]: string }
              metric_name: string
              namespace: string
              period: number
              stat: string
              unit: string
            }
            blocks: None
          }
        }
      }
    }
  }
  aws_dlm_lifecycle_policy: {
    attributes: {
      arn: string
      default_policy: string
      description: string
      execution_role_arn: string
      id: string
      region: string
      state: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
    }
    blocks: {
      policy_details: {
        attributes: {
          copy_tags: boolean
          create_interval: number
          extend_deletion: boolean
          policy_language: string
          policy_type: string
          resource_locations: readonly string[]
          resource_type: string
          resource_types: readonly string[]
          retain_interval: number
          target_tags: { readonly [key: string]: string }
        }
        blocks: {
          action: {
            attributes: {
              name: string
            }
            blocks: {
              cross_region_copy: {
                attributes: {
                  target: string
                }
                blocks: {
                  encryption_configuration: {
                    attributes: {
                      cmk_arn: string
                      encrypted: boolean
                    }
                    blocks: None
                  }
                  retain_rule: {
                    attributes: {
                      interval: number
                      interval_unit: string
                    }
                    blocks: None
                  }
                }
              }
            }
          }
          event_source: {
            attributes: {
              type: string
            }
            blocks: {
              parameters: {
                attributes: {
                  description_regex: string
                  event_type: string
                  snapshot_owner: readonly string[]
                }
                blocks: None
              }
            }
          }
          exclusions: {
            attributes: {
              exclude_boot_volumes: boolean
              exclude_tags: { readonly [key: string]: string }
              exclude_volume_types: readonly string[]
            }
            blocks: None
          }
          parameters: {
            attributes: {
              exclude_boot_volume: boolean
              no_reboot: boolean
            }
            blocks: None
          }
          schedule: {
            attributes: {
              copy_tags: boolean
              name: string
              tags_to_add: { readonly [key: string]: string }
              variable_tags: { readonly [key: string]: string }
            }
            blocks: {
              archive_rule: {
                attributes: None
                blocks: {
                  archive_retain_rule: {
                    attributes: None
                    blocks: {
                      retention_archive_tier: {
                        attributes: {
                          count: number
                          interval: number
                          interval_unit: string
                        }
                        blocks: None
                      }
                    }
                  }
                }
              }
              create_rule: {
                attributes: {
                  cron_expression: string
                  interval: number
                  interval_unit: string
                  location: string
                  times: readonly string[]
                }
                blocks: {
                  scripts: {
                    attributes: {
                      execute_operation_on_script_failure: boolean
                      execution_handler: string
                      execution_handler_service: string
                      execution_timeout: number
                      maximum_retry_count: number
                      stages: readonly string[]
                    }
                    blocks: None
                  }
                }
              }
              cross_region_copy_rule: {
                attributes: {
                  cmk_arn: string
                  copy_tags: boolean
                  encrypted: boolean
                  target: string
                  target_region: string
                }
                blocks: {
                  deprecate_rule: {
                    attributes: {
                      interval: number
                      interval_unit: string
                    }
                    blocks: None
                  }
                  retain_rule: {
                    attributes: {
                      interval: number
                      interval_unit: string
                    }
                    blocks: None
                  }
                }
              }
              deprecate_rule: {
                attributes: {
                  count: number
                  interval: number
                  interval_unit: string
                }
                blocks: None
              }
              fast_restore_rule: {
                attributes: {
                  availability_zones: readonly string[]
                  count: number
                  interval: number
                  interval_unit: string
                }
                blocks: None
              }
              retain_rule: {
                attributes: {
                  count: number
                  interval: number
                  interval_unit: string
                }
                blocks: None
              }
              share_rule: {
                attributes: {
                  target_accounts: readonly string[]
                  unshare_interval: number
                  unshare_interval_unit: string
                }
                blocks: None
              }
            }
          }
        }
      }
    }
  }
  aws_ebs_default_kms_key: {
    attributes: {
      id: string
      key_arn: string
      region: string
    }
    blocks: None
  }
  aws_ebs_encryption_by_default: {
    attributes: {
      enabled: boolean
      id: string
      region: string
    }
    blocks: None
  }
  aws_ebs_snapshot: {
    attributes: {
      arn: string
      data_encryption_key_id: string
      description: string
      encrypted: boolean
      id: string
      kms_key_id: string
      outpost_arn: string
      owner_alias: string
      owner_id: string
      permanent_restore: boolean
      region: string
      storage_tier: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      temporary_restore_days: number
      volume_id: string
      volume_size: number
    }
    blocks: None
  }
  aws_ebs_snapshot_copy: {
    attributes: {
      arn: string
      completion_duration_minutes: number
      data_encryption_key_id: string
      description: string
      encrypted: boolean
      id: string
      kms_key_id: string
      outpost_arn: string
      owner_alias: string
      owner_id: string
      permanent_restore: boolean
      region: string
      source_region: string
      source_snapshot_id: string
      storage_tier: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      temporary_restore_days: number
      volume_id: string
      volume_size: number
    }
    blocks: None
  }
  aws_ebs_volume: {
    attributes: {
      arn: string
      availability_zone: string
      create_time: string
      encrypted: boolean
      final_snapshot: boolean
      id: string
      iops: number
      kms_key_id: string
      multi_attach_enabled: boolean
      outpost_arn: string
      region: string
      size: number
      snapshot_id: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      throughput: number
      type: string
      volume_initialization_rate: number
    }
    blocks: None
  }
  aws_ec2_fleet: {
    attributes: {
      arn: string
      context: string
      excess_capacity_termination_policy: string
      fleet_state: string
      fulfilled_capacity: number
      fulfilled_on_demand_capacity: number
      id: string
      region: string
      replace_unhealthy_instances: boolean
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      terminate_instances: boolean
      terminate_instances_with_expiration: boolean
      type: string
      valid_from: string
      valid_until: string
    }
    blocks: {
      fleet_instance_set: {
        attributes: {
          instance_ids: readonly string[]
          instance_type: string
          lifecycle: string
          platform: string
        }
        blocks: None
      }
      launch_template_config: {
        attributes: None
        blocks: {
          launch_template_specification: {
            attributes: {
              launch_template_id: string
              launch_template_name: string
              version: string
            }
            blocks: None
          }
          override: {
            attributes: {
              availability_zone: string
              instance_type: string
              max_price: string
              priority: number
              subnet_id: string
              weighted_capacity: number
            }
            blocks: {
              instance_requirements: {
                attributes: {
                  accelerator_manufacturers: readonly string[]
                  accelerator_names: readonly string[]
                  accelerator_types: readonly string[]
                  allowed_instance_types: readonly string[]
                  bare_metal: string
                  burstable_performance: string
                  cpu_manufacturers: readonly string[]
                  excluded_instance_types: readonly string[]
                  instance_generations: readonly string[]
                  local_storage: string
                  local_storage_types: readonly string[]
                  max_spot_price_as_percentage_of_optimal_on_demand_price: number
                  on_demand_max_price_percentage_over_lowest_price: number
                  require_hibernate_support: boolean
                  spot_max_price_percentage_over_lowest_price: number
                }
                blocks: {
                  accelerator_count: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  accelerator_total_memory_mib: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  baseline_ebs_bandwidth_mbps: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  memory_gib_per_vcpu: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  memory_mib: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  network_bandwidth_gbps: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  network_interface_count: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  total_local_storage_gb: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  vcpu_count: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                }
              }
            }
          }
        }
      }
      on_demand_options: {
        attributes: {
          allocation_strategy: string
          max_total_price: string
          min_target_capacity: number
          single_availability_zone: boolean
          single_instance_type: boolean
        }
        blocks: {
          capacity_reservation_options: {
            attributes: {
              usage_strategy: string
            }
            blocks: None
          }
        }
      }
      spot_options: {
        attributes: {
          allocation_strategy: string
          instance_interruption_behavior: string
          instance_pools_to_use_count: number
          max_total_price: string
          min_target_capacity: number
          single_availability_zone: boolean
          single_instance_type: boolean
        }
        blocks: {
          maintenance_strategies: {
            attributes: None
            blocks: {
              capacity_rebalance: {
                attributes: {
                  replacement_strategy: string
                  termination_delay: number
                }
                blocks: None
              }
            }
          }
        }
      }
      target_capacity_specification: {
        attributes: {
          default_target_capacity_type: string
          on_demand_target_capacity: number
          spot_target_capacity: number
          target_capacity_unit_type: string
          total_target_capacity: number
        }
        blocks: None
      }
    }
  }
  aws_ec2_image_block_public_access: {
    attributes: {
      id: string
      region: string
      state: string
    }
    blocks: None
  }
  aws_eks_node_group: {
    attributes: {
      ami_type: string
      arn: string
      capacity_type: string
      cluster_name: string
      disk_size: number
      force_update_version: boolean
      id: string
      instance_types: readonly string[]
      labels: { readonly [key: string]: string }
      node_group_name: string
      node_group_name_prefix: string
      node_role_arn: string
      region: string
      release_version: string
      status: string
      subnet_ids: readonly string[]
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      version: string
    }
    blocks: {
      launch_template: {
        attributes: {
          id: string
          name: string
          version: string
        }
        blocks: None
      }
      node_repair_config: {
        attributes: {
          enabled: boolean
          max_parallel_nodes_repaired_count: number
          max_parallel_nodes_repaired_percentage: number
          max_unhealthy_node_threshold_count: number
          max_unhealthy_node_threshold_percentage: number
        }
        blocks: {
          node_repair_config_overrides: {
            attributes: {
              min_repair_wait_time_mins: number
              node_monitoring_condition: string
              node_unhealthy_reason: string
              repair_action: string
            }
            blocks: None
          }
        }
      }
      remote_access: {
        attributes: {
          ec2_ssh_key: string
          source_security_group_ids: readonly string[]
        }
        blocks: None
      }
      resources: {
        attributes: {
          remote_access_security_group_id: string
        }
        blocks: {
          autoscaling_groups: {
            attributes: {
              name: string
            }
            blocks: None
          }
        }
      }
      scaling_config: {
        attributes: {
          desired_size: number
          max_size: number
          min_size: number
        }
        blocks: None
      }
      taint: {
        attributes: {
          effect: string
          key: string
          value: string
        }
        blocks: None
      }
      update_config: {
        attributes: {
          max_unavailable: number
          max_unavailable_percentage: number
        }
        blocks: None
      }
    }
  }
  aws_iam_group: {
    attributes: {
      arn: string
      id: string
      name: string
      path: string
      unique_id: string
    }
    blocks: None
  }
  aws_iam_group_membership: {
    attributes: {
      group: string
      id: string
      name: string
      users: readonly string[]
    }
    blocks: None
  }
  aws_iam_group_policy: {
    attributes: {
      group: string
      id: string
      name: string
      name_prefix: string
      policy: string
    }
    blocks: None
  }
  aws_iam_group_policy_attachment: {
    attributes: {
      group: string
      id: string
      policy_arn: string
    }
    blocks: None
  }
  aws_iam_instance_profile: {
    attributes: {
      arn: string
      create_date: string
      id: string
      name: string
      name_prefix: string
      path: string
      role: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      unique_id: string
    }
    blocks: None
  }
  aws_iam_policy: {
    attributes: {
      arn: string
      attachment_count: number
      description: string
      id: string
      name: string
      name_prefix: string
      path: string
      policy: string
      policy_id: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
    }
    blocks: None
  }
  aws_iam_policy_attachment: {
    attributes: {
      groups: readonly string[]
      id: string
      name: string
      policy_arn: string
      roles: readonly string[]
      users: readonly string[]
    }
    blocks: None
  }
  aws_iam_role: {
    attributes: {
      arn: string
      assume_role_policy: string
      create_date: string
      description: string
      force_detach_policies: boolean
      id: string
      managed_policy_arns: readonly string[]
      max_session_duration: number
      name: string
      name_prefix: string
      path: string
      permissions_boundary: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      unique_id: string
    }
    blocks: {
      inline_policy: {
        attributes: {
          name: string
          policy: string
        }
        blocks: None
      }
    }
  }
  aws_iam_role_policies_exclusive: {
    attributes: {
      policy_names: readonly string[]
      role_name: string
    }
    blocks: None
  }
  aws_iam_role_policy: {
    attributes: {
      id: string
      name: string
      name_prefix: string
      policy: string
      role: string
    }
    blocks: None
  }
  aws_iam_role_policy_attachment: {
    attributes: {
      id: string
      policy_arn: string
      role: string
    }
    blocks: None
  }
  aws_iam_role_policy_attachments_exclusive: {
    attributes: {
      policy_arns: readonly string[]
      role_name: string
    }
    blocks: None
  }
  aws_iam_service_linked_role: {
    attributes: {
      arn: string
      aws_service_name: string
      create_date: string
      custom_suffix: string
      description: string
      id: string
      name: string
      path: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      unique_id: string
    }
    blocks: None
  }
  aws_iam_user: {
    attributes: {
      arn: string
      force_destroy: boolean
      id: string
      name: string
      path: string
      permissions_boundary: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      unique_id: string
    }
    blocks: None
  }
  aws_iam_user_group_membership: {
    attributes: {
      groups: readonly string[]
      id: string
      user: string
    }
    blocks: None
  }
  aws_iam_user_policy: {
    attributes: {
      id: string
      name: string
      name_prefix: string
      policy: string
      user: string
    }
    blocks: None
  }
  aws_iam_user_policy_attachment: {
    attributes: {
      id: string
      policy_arn: string
      user: string
    }
    blocks: None
  }
  aws_imagebuilder_component: {
    attributes: {
      arn: string
      change_description: string
      data: string
      date_created: string
      description: string
      encrypted: boolean
      id: string
      kms_key_id: string
      name: string
      owner: string
      platform: string
      region: string
      skip_destroy: boolean
      supported_os_versions: readonly string[]
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      type: string
      uri: string
      version: string
    }
    blocks: None
  }
  aws_imagebuilder_container_recipe: {
    attributes: {
      arn: string
      container_type: string
      date_created: string
      description: string
      dockerfile_template_data: string
      dockerfile_template_uri: string
      encrypted: boolean
      id: string
      kms_key_id: string
      name: string
      owner: string
      parent_image: string
      platform: string
      platform_override: string
      region: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      version: string
      working_directory: string
    }
    blocks: {
      component: {
        attributes: {
          component_arn: string
        }
        blocks: {
          parameter: {
            attributes: {
              name: string
              value: string
            }
            blocks: None
          }
        }
      }
      instance_configuration: {
        attributes: {
          image: string
        }
        blocks: {
          block_device_mapping: {
            attributes: {
              device_name: string
              no_device: boolean
              virtual_name: string
            }
            blocks: {
              ebs: {
                attributes: {
                  delete_on_termination: string
                  encrypted: string
                  iops: number
                  kms_key_id: string
                  snapshot_id: string
                  throughput: number
                  volume_size: number
                  volume_type: string
                }
                blocks: None
              }
            }
          }
        }
      }
      target_repository: {
        attributes: {
          repository_name: string
          service: string
        }
        blocks: None
      }
    }
  }
  aws_imagebuilder_distribution_configuration: {
    attributes: {
      arn: string
      date_created: string
      date_updated: string
      description: string
      id: string
      name: string
      region: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
    }
    blocks: {
      distribution: {
        attributes: {
          license_configuration_arns: readonly string[]
          region: string
        }
        blocks: {
          ami_distribution_configuration: {
            attributes: {
              ami_tags: { readonly [key: string]: string }
              description: string
              kms_key_id: string
              name: string
              target_account_ids: readonly string[]
            }
            blocks: {
              launch_permission: {
                attributes: {
                  organization_arns: readonly string[]
                  organizational_unit_arns: readonly string[]
                  user_groups: readonly string[]
                  user_ids: readonly string[]
                }
                blocks: None
              }
            }
          }
          container_distribution_configuration: {
            attributes: {
              container_tags: readonly string[]
              description: string
            }
            blocks: {
              target_repository: {
                attributes: {
                  repository_name: string
                  service: string
                }
                blocks: None
              }
            }
          }
          fast_launch_configuration: {
            attributes: {
              account_id: string
              enabled: boolean
              max_parallel_launches: number
            }
            blocks: {
              launch_template: {
                attributes: {
                  launch_template_id: string
                  launch_template_name: string
                  launch_template_version: string
                }
                blocks: None
              }
              snapshot_configuration: {
                attributes: {
                  target_resource_count: number
                }
                blocks: None
              }
            }
          }
          launch_template_configuration: {
            attributes: {
              account_id: string
              default: boolean
              launch_template_id: string
            }
            blocks: None
          }
          s3_export_configuration: {
            attributes: {
              disk_image_format: string
              role_name: string
              s3_bucket: string
              s3_prefix: string
            }
            blocks: None
          }
          ssm_parameter_configuration: {
            attributes: {
              ami_account_id: string
              data_type: string
              parameter_name: string
            }
            blocks: None
          }
        }
      }
    }
  }
  aws_imagebuilder_image: {
    attributes: {
      arn: string
      container_recipe_arn: string
      date_created: string
      distribution_configuration_arn: string
      enhanced_image_metadata_enabled: boolean
      execution_role: string
      id: string
      image_recipe_arn: string
      infrastructure_configuration_arn: string
      name: string
      os_version: string
      platform: string
      region: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      version: string
    }
    blocks: {
      image_scanning_configuration: {
        attributes: {
          image_scanning_enabled: boolean
        }
        blocks: {
          ecr_configuration: {
            attributes: {
              container_tags: readonly string[]
              repository_name: string
            }
            blocks: None
          }
        }
      }
      image_tests_configuration: {
        attributes: {
          image_tests_enabled: boolean
          timeout_minutes: number
        }
        blocks: None
      }
      output_resources: {
        attributes: None
        blocks: {
          amis: {
            attributes: {
              account_id: string
              description: string
              image: string
              name: string
              region: string
            }
            blocks: None
          }
          containers: {
            attributes: {
              image_uris: readonly string[]
              region: string
            }
            blocks: None
          }
        }
      }
      workflow: {
        attributes: {
          on_failure: string
          parallel_group: string
          workflow_arn: string
        }
        blocks: {
          parameter: {
            attributes: {
              name: string
              value: string
            }
            blocks: None
          }
        }
      }
    }
  }
  aws_imagebuilder_image_pipeline: {
    attributes: {
      arn: string
      container_recipe_arn: string
      date_created: string
      date_last_run: string
      date_next_run: string
      date_updated: string
      description: string
      distribution_configuration_arn: string
      enhanced_image_metadata_enabled: boolean
      execution_role: string
      id: string
      image_recipe_arn: string
      infrastructure_configuration_arn: string
      name: string
      platform: string
      region: string
      status: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
    }
    blocks: {
      image_scanning_configuration: {
        attributes: {
          image_scanning_enabled: boolean
        }
        blocks: {
          ecr_configuration: {
            attributes: {
              container_tags: readonly string[]
              repository_name: string
            }
            blocks: None
          }
        }
      }
      image_tests_configuration: {
        attributes: {
          image_tests_enabled: boolean
          timeout_minutes: number
        }
        blocks: None
      }
      schedule: {
        attributes: {
          pipeline_execution_start_condition: string
          schedule_expression: string
          timezone: string
        }
        blocks: None
      }
      workflow: {
        attributes: {
          on_failure: string
          parallel_group: string
          workflow_arn: string
        }
        blocks: {
          parameter: {
            attributes: {
              name: string
              value: string
            }
            blocks: None
          }
        }
      }
    }
  }
  aws_imagebuilder_image_recipe: {
    attributes: {
      ami_tags: { readonly [key: string]: string }
      arn: string
      date_created: string
      description: string
      id: string
      name: string
      owner: string
      parent_image: string
      platform: string
      region: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      user_data_base64: string
      version: string
      working_directory: string
    }
    blocks: {
      block_device_mapping: {
        attributes: {
          device_name: string
          no_device: boolean
          virtual_name: string
        }
        blocks: {
          ebs: {
            attributes: {
              delete_on_termination: string
              encrypted: string
              iops: number
              kms_key_id: string
              snapshot_id: string
              throughput: number
              volume_size: number
              volume_type: string
            }
            blocks: None
          }
        }
      }
      component: {
        attributes: {
          component_arn: string
        }
        blocks: {
          parameter: {
            attributes: {
              name: string
              value: string
            }
            blocks: None
          }
        }
      }
      systems_manager_agent: {
        attributes: {
          uninstall_after_build: boolean
        }
        blocks: None
      }
    }
  }
  aws_imagebuilder_infrastructure_configuration: {
    attributes: {
      arn: string
      date_created: string
      date_updated: string
      description: string
      id: string
      instance_profile_name: string
      instance_types: readonly string[]
      key_pair: string
      name: string
      region: string
      resource_tags: { readonly [key: string]: string }
      security_group_ids: readonly string[]
      sns_topic_arn: string
      subnet_id: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      terminate_instance_on_failure: boolean
    }
    blocks: {
      instance_metadata_options: {
        attributes: {
          http_put_response_hop_limit: number
          http_tokens: string
        }
        blocks: None
      }
      logging: {
        attributes: None
        blocks: {
          s3_logs: {
            attributes: {
              s3_bucket_name: string
              s3_key_prefix: string
            }
            blocks: None
          }
        }
      }
      placement: {
        attributes: {
          availability_zone: string
          host_id: string
          host_resource_group_arn: string
          tenancy: string
        }
        blocks: None
      }
    }
  }
  aws_imagebuilder_lifecycle_policy: {
    attributes: {
      arn: string
      description: string
      execution_role: string
      id: string
      name: string
      region: string
      resource_type: string
      status: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
    }
    blocks: {
      policy_detail: {
        attributes: None
        blocks: {
          action: {
            attributes: {
              type: string
            }
            blocks: {
              include_resources: {
                attributes: {
                  amis: boolean
                  containers: boolean
                  snapshots: boolean
                }
                blocks: None
              }
            }
          }
          exclusion_rules: {
            attributes: {
              tag_map: { readonly [key: string]: string }
            }
            blocks: {
              amis: {
                attributes: {
                  is_public: boolean
                  regions: readonly string[]
                  shared_accounts: readonly string[]
                  tag_map: { readonly [key: string]: string }
                }
                blocks: {
                  last_launched: {
                    attributes: {
                      unit: string
                      value: number
                    }
                    blocks: None
                  }
                }
              }
            }
          }
          filter: {
            attributes: {
              retain_at_least: number
              type: string
              unit: string
              value: number
            }
            blocks: None
          }
        }
      }
      resource_selection: {
        attributes: {
          tag_map: { readonly [key: string]: string }
        }
        blocks: {
          recipe: {
            attributes: {
              name: string
              semantic_version: string
            }
            blocks: None
          }
        }
      }
    }
  }
  aws_instance: {
    attributes: {
      ami: string
      arn: string
      associate_public_ip_address: boolean
      availability_zone: string
      disable_api_stop: boolean
      disable_api_termination: boolean
      ebs_optimized: boolean
      enable_primary_ipv6: boolean
      force_destroy: boolean
      get_password_data: boolean
      hibernation: boolean
      host_id: string
      host_resource_group_arn: string
      iam_instance_profile: string
      id: string
      instance_initiated_shutdown_behavior: string
      instance_lifecycle: string
      instance_state: string
      instance_type: string
      ipv6_address_count: number
      ipv6_addresses: readonly string[]
      key_name: string
      monitoring: boolean
      outpost_arn: string
      password_data: string
      placement_group: string
      placement_group_id: string
      placement_partition_number: number
      primary_network_interface_id: string
      private_dns: string
      private_ip: string
      public_dns: string
      public_ip: string
      region: string
      secondary_private_ips: readonly string[]
      security_groups: readonly string[]
      source_dest_check: boolean
      spot_instance_request_id: string
      subnet_id: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      tenancy: string
      user_data: string
      user_data_base64: string
      user_data_replace_on_change: boolean
      volume_tags: { readonly [key: string]: string }
      vpc_security_group_ids: readonly string[]
    }
    blocks: {
      capacity_reservation_specification: {
        attributes: {
          capacity_reservation_preference: string
        }
        blocks: {
          capacity_reservation_target: {
            attributes: {
              capacity_reservation_id: string
              capacity_reservation_resource_group_arn: string
            }
            blocks: None
          }
        }
      }
      cpu_options: {
        attributes: {
          amd_sev_snp: string
          core_count: number
          threads_per_core: number
        }
        blocks: None
      }
      credit_specification: {
        attributes: {
          cpu_credits: string
        }
        blocks: None
      }
      ebs_block_device: {
        attributes: {
          delete_on_termination: boolean
          device_name: string
          encrypted: boolean
          iops: number
          kms_key_id: string
          snapshot_id: string
          tags: { readonly [key: string]: string }
          tags_all: { readonly [key: string]: string }
          throughput: number
          volume_id: string
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
      enclave_options: {
        attributes: {
          enabled: boolean
        }
        blocks: None
      }
      ephemeral_block_device: {
        attributes: {
          device_name: string
          no_device: boolean
          virtual_name: string
        }
        blocks: None
      }
      instance_market_options: {
        attributes: {
          market_type: string
        }
        blocks: {
          spot_options: {
            attributes: {
              instance_interruption_behavior: string
              max_price: string
              spot_instance_type: string
              valid_until: string
            }
            blocks: None
          }
        }
      }
      launch_template: {
        attributes: {
          id: string
          name: string
          version: string
        }
        blocks: None
      }
      maintenance_options: {
        attributes: {
          auto_recovery: string
        }
        blocks: None
      }
      metadata_options: {
        attributes: {
          http_endpoint: string
          http_protocol_ipv6: string
          http_put_response_hop_limit: number
          http_tokens: string
          instance_metadata_tags: string
        }
        blocks: None
      }
      network_interface: {
        attributes: {
          delete_on_termination: boolean
          device_index: number
          network_card_index: number
          network_interface_id: string
        }
        blocks: None
      }
      primary_network_interface: {
        attributes: {
          delete_on_termination: boolean
          network_interface_id: string
        }
        blocks: None
      }
      private_dns_name_options: {
        attributes: {
          enable_resource_name_dns_a_record: boolean
          enable_resource_name_dns_aaaa_record: boolean
          hostname_type: string
        }
        blocks: None
      }
      root_block_device: {
        attributes: {
          delete_on_termination: boolean
          device_name: string
          encrypted: boolean
          iops: number
          kms_key_id: string
          tags: { readonly [key: string]: string }
          tags_all: { readonly [key: string]: string }
          throughput: number
          volume_id: string
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
    }
  }
  aws_kms_alias: {
    attributes: {
      arn: string
      id: string
      name: string
      name_prefix: string
      region: string
      target_key_arn: string
      target_key_id: string
    }
    blocks: None
  }
  aws_kms_external_key: {
    attributes: {
      arn: string
      bypass_policy_lockout_safety_check: boolean
      deletion_window_in_days: number
      description: string
      enabled: boolean
      expiration_model: string
      id: string
      key_material_base64: string
      key_spec: string
      key_state: string
      key_usage: string
      multi_region: boolean
      policy: string
      region: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      valid_to: string
    }
    blocks: None
  }
  aws_kms_grant: {
    attributes: {
      grant_creation_tokens: readonly string[]
      grant_id: string
      grant_token: string
      grantee_principal: string
      id: string
      key_id: string
      name: string
      operations: readonly string[]
      region: string
      retire_on_delete: boolean
      retiring_principal: string
    }
    blocks: {
      constraints: {
        attributes: {
          encryption_context_equals: { readonly [key: string]: string }
          encryption_context_subset: { readonly [key: string]: string }
        }
        blocks: None
      }
    }
  }
  aws_kms_key: {
    attributes: {
      arn: string
      bypass_policy_lockout_safety_check: boolean
      custom_key_store_id: string
      customer_master_key_spec: string
      deletion_window_in_days: number
      description: string
      enable_key_rotation: boolean
      id: string
      is_enabled: boolean
      key_id: string
      key_usage: string
      multi_region: boolean
      policy: string
      region: string
      rotation_period_in_days: number
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      xks_key_id: string
    }
    blocks: None
  }
  aws_kms_key_policy: {
    attributes: {
      bypass_policy_lockout_safety_check: boolean
      id: string
      key_id: string
      policy: string
      region: string
    }
    blocks: None
  }
  aws_kms_replica_external_key: {
    attributes: {
      arn: string
      bypass_policy_lockout_safety_check: boolean
      deletion_window_in_days: number
      description: string
      enabled: boolean
      expiration_model: string
      id: string
      key_id: string
      key_material_base64: string
      key_state: string
      key_usage: string
      policy: string
      primary_key_arn: string
      region: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      valid_to: string
    }
    blocks: None
  }
  aws_kms_replica_key: {
    attributes: {
      arn: string
      bypass_policy_lockout_safety_check: boolean
      deletion_window_in_days: number
      description: string
      enabled: boolean
      id: string
      key_id: string
      key_rotation_enabled: boolean
      key_spec: string
      key_usage: string
      policy: string
      primary_key_arn: string
      region: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
    }
    blocks: None
  }
  aws_launch_configuration: {
    attributes: {
      arn: string
      associate_public_ip_address: boolean
      ebs_optimized: boolean
      enable_monitoring: boolean
      iam_instance_profile: string
      id: string
      image_id: string
      instance_type: string
      key_name: string
      name: string
      name_prefix: string
      placement_tenancy: string
      region: string
      security_groups: readonly string[]
      spot_price: string
      user_data: string
      user_data_base64: string
    }
    blocks: {
      ebs_block_device: {
        attributes: {
          delete_on_termination: boolean
          device_name: string
          encrypted: boolean
          iops: number
          no_device: boolean
          snapshot_id: string
          throughput: number
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
      ephemeral_block_device: {
        attributes: {
          device_name: string
          no_device: boolean
          virtual_name: string
        }
        blocks: None
      }
      metadata_options: {
        attributes: {
          http_endpoint: string
          http_put_response_hop_limit: number
          http_tokens: string
        }
        blocks: None
      }
      root_block_device: {
        attributes: {
          delete_on_termination: boolean
          encrypted: boolean
          iops: number
          throughput: number
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
    }
  }
  aws_launch_template: {
    attributes: {
      arn: string
      default_version: number
      description: string
      disable_api_stop: boolean
      disable_api_termination: boolean
      ebs_optimized: string
      id: string
      image_id: string
      instance_initiated_shutdown_behavior: string
      instance_type: string
      kernel_id: string
      key_name: string
      latest_version: number
      name: string
      name_prefix: string
      ram_disk_id: string
      region: string
      security_group_names: readonly string[]
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      update_default_version: boolean
      user_data: string
      vpc_security_group_ids: readonly string[]
    }
    blocks: {
      block_device_mappings: {
        attributes: {
          device_name: string
          no_device: string
          virtual_name: string
        }
        blocks: {
          ebs: {
            attributes: {
              delete_on_termination: string
              encrypted: string
              iops: number
              kms_key_id: string
              snapshot_id: string
              throughput: number
              volume_initialization_rate: number
              volume_size: number
              volume_type: string
            }
            blocks: None
          }
        }
      }
      capacity_reservation_specification: {
        attributes: {
          capacity_reservation_preference: string
        }
        blocks: {
          capacity_reservation_target: {
            attributes: {
              capacity_reservation_id: string
              capacity_reservation_resource_group_arn: string
            }
            blocks: None
          }
        }
      }
      cpu_options: {
        attributes: {
          amd_sev_snp: string
          core_count: number
          threads_per_core: number
        }
        blocks: None
      }
      credit_specification: {
        attributes: {
          cpu_credits: string
        }
        blocks: None
      }
      enclave_options: {
        attributes: {
          enabled: boolean
        }
        blocks: None
      }
      hibernation_options: {
        attributes: {
          configured: boolean
        }
        blocks: None
      }
      iam_instance_profile: {
        attributes: {
          arn: string
          name: string
        }
        blocks: None
      }
      instance_market_options: {
        attributes: {
          market_type: string
        }
        blocks: {
          spot_options: {
            attributes: {
              block_duration_minutes: number
              instance_interruption_behavior: string
              max_price: string
              spot_instance_type: string
              valid_until: string
            }
            blocks: None
          }
        }
      }
      instance_requirements: {
        attributes: {
          accelerator_manufacturers: readonly string[]
          accelerator_names: readonly string[]
          accelerator_types: readonly string[]
          allowed_instance_types: readonly string[]
          bare_metal: string
          burstable_performance: string
          cpu_manufacturers: readonly string[]
          excluded_instance_types: readonly string[]
          instance_generations: readonly string[]
          local_storage: string
          local_storage_types: readonly string[]
          max_spot_price_as_percentage_of_optimal_on_demand_price: number
          on_demand_max_price_percentage_over_lowest_price: number
          require_hibernate_support: boolean
          spot_max_price_percentage_over_lowest_price: number
        }
        blocks: {
          accelerator_count: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          accelerator_total_memory_mib: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          baseline_ebs_bandwidth_mbps: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          memory_gib_per_vcpu: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          memory_mib: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          network_bandwidth_gbps: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          network_interface_count: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          total_local_storage_gb: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          vcpu_count: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
        }
      }
      license_specification: {
        attributes: {
          license_configuration_arn: string
        }
        blocks: None
      }
      maintenance_options: {
        attributes: {
          auto_recovery: string
        }
        blocks: None
      }
      metadata_options: {
        attributes: {
          http_endpoint: string
          http_protocol_ipv6: string
          http_put_response_hop_limit: number
          http_tokens: string
          instance_metadata_tags: string
        }
        blocks: None
      }
      monitoring: {
        attributes: {
          enabled: boolean
        }
        blocks: None
      }
      network_interfaces: {
        attributes: {
          associate_carrier_ip_address: string
          associate_public_ip_address: string
          delete_on_termination: string
          description: string
          device_index: number
          interface_type: string
          ipv4_address_count: number
          ipv4_addresses: readonly string[]
          ipv4_prefix_count: number
          ipv4_prefixes: readonly string[]
          ipv6_address_count: number
          ipv6_addresses: readonly string[]
          ipv6_prefix_count: number
          ipv6_prefixes: readonly string[]
          network_card_index: number
          network_interface_id: string
          primary_ipv6: string
          private_ip_address: string
          security_groups: readonly string[]
          subnet_id: string
        }
        blocks: {
          connection_tracking_specification: {
            attributes: {
              tcp_established_timeout: number
              udp_stream_timeout: number
              udp_timeout: number
            }
            blocks: None
          }
          ena_srd_specification: {
            attributes: {
              ena_srd_enabled: boolean
            }
            blocks: {
              ena_srd_udp_specification: {
                attributes: {
                  ena_srd_udp_enabled: boolean
                }
                blocks: None
              }
            }
          }
        }
      }
      placement: {
        attributes: {
          affinity: string
          availability_zone: string
          group_id: string
          group_name: string
          host_id: string
          host_resource_group_arn: string
          partition_number: number
          spread_domain: string
          tenancy: string
        }
        blocks: None
      }
      private_dns_name_options: {
        attributes: {
          enable_resource_name_dns_a_record: boolean
          enable_resource_name_dns_aaaa_record: boolean
          hostname_type: string
        }
        blocks: None
      }
      tag_specifications: {
        attributes: {
          resource_type: string
          tags: { readonly [key: string]: string }
        }
        blocks: None
      }
    }
  }
  aws_snapshot_create_volume_permission: {
    attributes: {
      account_id: string
      id: string
      region: string
      snapshot_id: string
    }
    blocks: None
  }
  aws_sns_topic: {
    attributes: {
      application_failure_feedback_role_arn: string
      application_success_feedback_role_arn: string
      application_success_feedback_sample_rate: number
      archive_policy: string
      arn: string
      beginning_archive_time: string
      content_based_deduplication: boolean
      delivery_policy: string
      display_name: string
      fifo_throughput_scope: string
      fifo_topic: boolean
      firehose_failure_feedback_role_arn: string
      firehose_success_feedback_role_arn: string
      firehose_success_feedback_sample_rate: number
      http_failure_feedback_role_arn: string
      http_success_feedback_role_arn: string
      http_success_feedback_sample_rate: number
      id: string
      kms_master_key_id: string
      lambda_failure_feedback_role_arn: string
      lambda_success_feedback_role_arn: string
      lambda_success_feedback_sample_rate: number
      name: string
      name_prefix: string
      owner: string
      policy: string
      region: string
      signature_version: number
      sqs_failure_feedback_role_arn: string
      sqs_success_feedback_role_arn: string
      sqs_success_feedback_sample_rate: number
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      tracing_config: string
    }
    blocks: None
  }
  aws_spot_fleet_request: {
    attributes: {
      allocation_strategy: string
      client_token: string
      context: string
      excess_capacity_termination_policy: string
      fleet_type: string
      iam_fleet_role: string
      id: string
      instance_interruption_behaviour: string
      instance_pools_to_use_count: number
      load_balancers: readonly string[]
      on_demand_allocation_strategy: string
      on_demand_max_total_price: string
      on_demand_target_capacity: number
      region: string
      replace_unhealthy_instances: boolean
      spot_price: string
      spot_request_state: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      target_capacity: number
      target_capacity_unit_type: string
      target_group_arns: readonly string[]
      terminate_instances_on_delete: string
      terminate_instances_with_expiration: boolean
      valid_from: string
      valid_until: string
      wait_for_fulfillment: boolean
    }
    blocks: {
      launch_specification: {
        attributes: {
          ami: string
          associate_public_ip_address: boolean
          availability_zone: string
          ebs_optimized: boolean
          iam_instance_profile: string
          iam_instance_profile_arn: string
          instance_type: string
          key_name: string
          monitoring: boolean
          placement_group: string
          placement_tenancy: string
          spot_price: string
          subnet_id: string
          tags: { readonly [key: string]: string }
          user_data: string
          vpc_security_group_ids: readonly string[]
          weighted_capacity: string
        }
        blocks: {
          ebs_block_device: {
            attributes: {
              delete_on_termination: boolean
              device_name: string
              encrypted: boolean
              iops: number
              kms_key_id: string
              snapshot_id: string
              throughput: number
              volume_size: number
              volume_type: string
            }
            blocks: None
          }
          ephemeral_block_device: {
            attributes: {
              device_name: string
              virtual_name: string
            }
            blocks: None
          }
          root_block_device: {
            attributes: {
              delete_on_termination: boolean
              encrypted: boolean
              iops: number
              kms_key_id: string
              throughput: number
              volume_size: number
              volume_type: string
            }
            blocks: None
          }
        }
      }
      launch_template_config: {
        attributes: None
        blocks: {
          launch_template_specification: {
            attributes: {
              id: string
              name: string
              version: string
            }
            blocks: None
          }
          overrides: {
            attributes: {
              availability_zone: string
              instance_type: string
              priority: number
              spot_price: string
              subnet_id: string
              weighted_capacity: number
            }
            blocks: {
              instance_requirements: {
                attributes: {
                  accelerator_manufacturers: readonly string[]
                  accelerator_names: readonly string[]
                  accelerator_types: readonly string[]
                  allowed_instance_types: readonly string[]
                  bare_metal: string
                  burstable_performance: string
                  cpu_manufacturers: readonly string[]
                  excluded_instance_types: readonly string[]
                  instance_generations: readonly string[]
                  local_storage: string
                  local_storage_types: readonly string[]
                  on_demand_max_price_percentage_over_lowest_price: number
                  require_hibernate_support: boolean
                  spot_max_price_percentage_over_lowest_price: number
                }
                blocks: {
                  accelerator_count: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  accelerator_total_memory_mib: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  baseline_ebs_bandwidth_mbps: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  memory_gib_per_vcpu: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  memory_mib: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  network_bandwidth_gbps: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  network_interface_count: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  total_local_storage_gb: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                  vcpu_count: {
                    attributes: {
                      max: number
                      min: number
                    }
                    blocks: None
                  }
                }
              }
            }
          }
        }
      }
      spot_maintenance_strategies: {
        attributes: None
        blocks: {
          capacity_rebalance: {
            attributes: {
              replacement_strategy: string
            }
            blocks: None
          }
        }
      }
    }
  }
  aws_spot_instance_request: {
    attributes: {
      ami: string
      arn: string
      associate_public_ip_address: boolean
      availability_zone: string
      disable_api_stop: boolean
      disable_api_termination: boolean
      ebs_optimized: boolean
      enable_primary_ipv6: boolean
      force_destroy: boolean
      get_password_data: boolean
      hibernation: boolean
      host_id: string
      host_resource_group_arn: string
      iam_instance_profile: string
      id: string
      instance_initiated_shutdown_behavior: string
      instance_interruption_behavior: string
      instance_state: string
      instance_type: string
      ipv6_address_count: number
      ipv6_addresses: readonly string[]
      key_name: string
      launch_group: string
      monitoring: boolean
      outpost_arn: string
      password_data: string
      placement_group: string
      placement_group_id: string
      placement_partition_number: number
      primary_network_interface_id: string
      private_dns: string
      private_ip: string
      public_dns: string
      public_ip: string
      region: string
      secondary_private_ips: readonly string[]
      security_groups: readonly string[]
      source_dest_check: boolean
      spot_bid_status: string
      spot_instance_id: string
      spot_price: string
      spot_request_state: string
      spot_type: string
      subnet_id: string
      tags: { readonly [key: string]: string }
      tags_all: { readonly [key: string]: string }
      tenancy: string
      user_data: string
      user_data_base64: string
      user_data_replace_on_change: boolean
      valid_from: string
      valid_until: string
      volume_tags: { readonly [key: string]: string }
      vpc_security_group_ids: readonly string[]
      wait_for_fulfillment: boolean
    }
    blocks: {
      capacity_reservation_specification: {
        attributes: {
          capacity_reservation_preference: string
        }
        blocks: {
          capacity_reservation_target: {
            attributes: {
              capacity_reservation_id: string
              capacity_reservation_resource_group_arn: string
            }
            blocks: None
          }
        }
      }
      cpu_options: {
        attributes: {
          amd_sev_snp: string
          core_count: number
          threads_per_core: number
        }
        blocks: None
      }
      credit_specification: {
        attributes: {
          cpu_credits: string
        }
        blocks: None
      }
      ebs_block_device: {
        attributes: {
          delete_on_termination: boolean
          device_name: string
          encrypted: boolean
          iops: number
          kms_key_id: string
          snapshot_id: string
          tags: { readonly [key: string]: string }
          tags_all: { readonly [key: string]: string }
          throughput: number
          volume_id: string
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
      enclave_options: {
        attributes: {
          enabled: boolean
        }
        blocks: None
      }
      ephemeral_block_device: {
        attributes: {
          device_name: string
          no_device: boolean
          virtual_name: string
        }
        blocks: None
      }
      launch_template: {
        attributes: {
          id: string
          name: string
          version: string
        }
        blocks: None
      }
      maintenance_options: {
        attributes: {
          auto_recovery: string
        }
        blocks: None
      }
      metadata_options: {
        attributes: {
          http_endpoint: string
          http_protocol_ipv6: string
          http_put_response_hop_limit: number
          http_tokens: string
          instance_metadata_tags: string
        }
        blocks: None
      }
      network_interface: {
        attributes: {
          delete_on_termination: boolean
          device_index: number
          network_card_index: number
          network_interface_id: string
        }
        blocks: None
      }
      primary_network_interface: {
        attributes: {
          delete_on_termination: boolean
          network_interface_id: string
        }
        blocks: None
      }
      private_dns_name_options: {
        attributes: {
          enable_resource_name_dns_a_record: boolean
          enable_resource_name_dns_aaaa_record: boolean
          hostname_type: string
        }
        blocks: None
      }
      root_block_device: {
        attributes: {
          delete_on_termination: boolean
          device_name: string
          encrypted: boolean
          iops: number
          kms_key_id: string
          tags: { readonly [key: string]: string }
          tags_all: { readonly [key: string]: string }
          throughput: number
          volume_id: string
          volume_size: number
          volume_type: string
        }
        blocks: None
      }
    }
  }
  'data.aws_ami': {
    attributes: {
      allow_unsafe_filter: boolean
      architecture: string
      arn: string
      boot_mode: string
      creation_date: string
      deprecation_time: string
      description: string
      ena_support: boolean
      executable_users: readonly string[]
      hypervisor: string
      id: string
      image_id: string
      image_location: string
      image_owner_alias: string
      image_type: string
      imds_support: string
      include_deprecated: boolean
      kernel_id: string
      last_launched_time: string
      most_recent: boolean
      name: string
      name_regex: string
      owner_id: string
      owners: readonly string[]
      platform: string
      platform_details: string
      public: boolean
      ramdisk_id: string
      region: string
      root_device_name: string
      root_device_type: string
      root_snapshot_id: string
      sriov_net_support: string
      state: string
      state_reason: { readonly [key: string]: string }
      tags: { readonly [key: string]: string }
      tpm_support: string
      uefi_data: string
      usage_operation: string
      virtualization_type: string
    }
    blocks: {
      block_device_mappings: {
        attributes: {
          device_name: string
          ebs: { readonly [key: string]: string }
          no_device: string
          virtual_name: string
        }
        blocks: None
      }
      filter: {
        attributes: {
          name: string
          values: readonly string[]
        }
        blocks: None
      }
      product_codes: {
        attributes: {
          product_code_id: string
          product_code_type: string
        }
        blocks: None
      }
    }
  }
  'data.aws_caller_identity': {
    attributes: {
      account_id: string
      arn: string
      id: string
      user_id: string
    }
    blocks: None
  }
  'data.aws_ebs_default_kms_key': {
    attributes: {
      id: string
      key_arn: string
      region: string
    }
    blocks: None
  }
  'data.aws_ebs_encryption_by_default': {
    attributes: {
      enabled: boolean
      id: string
      region: string
    }
    blocks: None
  }
  'data.aws_ebs_snapshot': {
    attributes: {
      arn: string
      data_encryption_key_id: string
      description: string
      encrypted: boolean
      id: string
      kms_key_id: string
      most_recent: boolean
      outpost_arn: string
      owner_alias: string
      owner_id: string
      owners: readonly string[]
      region: string
      restorable_by_user_ids: readonly string[]
      snapshot_id: string
      snapshot_ids: readonly string[]
      start_time: string
      state: string
      storage_tier: string
      tags: { readonly [key: string]: string }
      volume_id: string
      volume_size: number
    }
    blocks: {
      filter: {
        attributes: {
          name: string
          values: readonly string[]
        }
        blocks: None
      }
    }
  }
  'data.aws_iam_policy': {
    attributes: {
      arn: string
      attachment_count: number
      description: string
      id: string
      name: string
      path: string
      path_prefix: string
      policy: string
      policy_id: string
      tags: { readonly [key: string]: string }
    }
    blocks: None
  }
  'data.aws_iam_policy_document': {
    attributes: {
      id: string
      json: string
      minified_json: string
      override_json: string
      override_policy_documents: readonly string[]
      policy_id: string
      source_json: string
      source_policy_documents: readonly string[]
      version: string
    }
    blocks: {
      statement: {
        attributes: {
          actions: readonly string[]
          effect: string
          not_actions: readonly string[]
          not_resources: readonly string[]
          resources: readonly string[]
          sid: string
        }
        blocks: {
          condition: {
            attributes: {
              test: string
              values: readonly string[]
              variable: string
            }
            blocks: None
          }
          not_principals: {
            attributes: {
              identifiers: readonly string[]
              type: string
            }
            blocks: None
          }
          principals: {
            attributes: {
              identifiers: readonly string[]
              type: string
            }
            blocks: None
          }
        }
      }
    }
  }
  'data.aws_iam_role': {
    attributes: {
      arn: string
      assume_role_policy: string
      create_date: string
      description: string
      id: string
      max_session_duration: number
      name: string
      path: string
      permissions_boundary: string
      tags: { readonly [key: string]: string }
      unique_id: string
    }
    blocks: {
      role_last_used: {
        attributes: {
          last_used_date: string
          region: string
        }
        blocks: None
      }
    }
  }
  'data.aws_kms_alias': {
    attributes: {
      arn: string
      id: string
      name: string
      region: string
      target_key_arn: string
      target_key_id: string
    }
    blocks: None
  }
  'data.aws_kms_key': {
    attributes: {
      arn: string
      aws_account_id: string
      cloud_hsm_cluster_id: string
      creation_date: string
      custom_key_store_id: string
      customer_master_key_spec: string
      deletion_date: string
      description: string
      enabled: boolean
      expiration_model: string
      grant_tokens: readonly string[]
      id: string
      key_id: string
      key_manager: string
      key_spec: string
      key_state: string
      key_usage: string
      multi_region: boolean
      origin: string
      pending_deletion_window_in_days: number
      region: string
      valid_to: string
    }
    blocks: {
      multi_region_configuration: {
        attributes: {
          multi_region_key_type: string
        }
        blocks: {
          primary_key: {
            attributes: {
              arn: string
              region: string
            }
            blocks: None
          }
          replica_keys: {
            attributes: {
              arn: string
              region: string
            }
            blocks: None
          }
        }
      }
      xks_key_configuration: {
        attributes: {
          id: string
        }
        blocks: None
      }
    }
  }
  'data.aws_launch_template': {
    attributes: {
      arn: string
      default_version: number
      description: string
      disable_api_stop: boolean
      disable_api_termination: boolean
      ebs_optimized: string
      id: string
      image_id: string
      instance_initiated_shutdown_behavior: string
      instance_type: string
      kernel_id: string
      key_name: string
      latest_version: number
      name: string
      ram_disk_id: string
      region: string
      security_group_names: readonly string[]
      tags: { readonly [key: string]: string }
      user_data: string
      vpc_security_group_ids: readonly string[]
    }
    blocks: {
      block_device_mappings: {
        attributes: {
          device_name: string
          no_device: string
          virtual_name: string
        }
        blocks: {
          ebs: {
            attributes: {
              delete_on_termination: string
              encrypted: string
              iops: number
              kms_key_id: string
              snapshot_id: string
              throughput: number
              volume_initialization_rate: number
              volume_size: number
              volume_type: string
            }
            blocks: None
          }
        }
      }
      capacity_reservation_specification: {
        attributes: {
          capacity_reservation_preference: string
        }
        blocks: {
          capacity_reservation_target: {
            attributes: {
              capacity_reservation_id: string
              capacity_reservation_resource_group_arn: string
            }
            blocks: None
          }
        }
      }
      cpu_options: {
        attributes: {
          amd_sev_snp: string
          core_count: number
          threads_per_core: number
        }
        blocks: None
      }
      credit_specification: {
        attributes: {
          cpu_credits: string
        }
        blocks: None
      }
      enclave_options: {
        attributes: {
          enabled: boolean
        }
        blocks: None
      }
      filter: {
        attributes: {
          name: string
          values: readonly string[]
        }
        blocks: None
      }
      hibernation_options: {
        attributes: {
          configured: boolean
        }
        blocks: None
      }
      iam_instance_profile: {
        attributes: {
          arn: string
          name: string
        }
        blocks: None
      }
      instance_market_options: {
        attributes: {
          market_type: string
        }
        blocks: {
          spot_options: {
            attributes: {
              block_duration_minutes: number
              instance_interruption_behavior: string
              max_price: string
              spot_instance_type: string
              valid_until: string
            }
            blocks: None
          }
        }
      }
      instance_requirements: {
        attributes: {
          accelerator_manufacturers: readonly string[]
          accelerator_names: readonly string[]
          accelerator_types: readonly string[]
          allowed_instance_types: readonly string[]
          bare_metal: string
          burstable_performance: string
          cpu_manufacturers: readonly string[]
          excluded_instance_types: readonly string[]
          instance_generations: readonly string[]
          local_storage: string
          local_storage_types: readonly string[]
          max_spot_price_as_percentage_of_optimal_on_demand_price: number
          on_demand_max_price_percentage_over_lowest_price: number
          require_hibernate_support: boolean
          spot_max_price_percentage_over_lowest_price: number
        }
        blocks: {
          accelerator_count: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          accelerator_total_memory_mib: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          baseline_ebs_bandwidth_mbps: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          memory_gib_per_vcpu: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          memory_mib: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          network_bandwidth_gbps: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          network_interface_count: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          total_local_storage_gb: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
          vcpu_count: {
            attributes: {
              max: number
              min: number
            }
            blocks: None
          }
        }
      }
      license_specification: {
        attributes: {
          license_configuration_arn: string
        }
        blocks: None
      }
      maintenance_options: {
        attributes: {
          auto_recovery: string
        }
        blocks: None
      }
      metadata_options: {
        attributes: {
          http_endpoint: string
          http_protocol_ipv6: string
          http_put_response_hop_limit: number
          http_tokens: string
          instance_metadata_tags: string
        }
        blocks: None
      }
      monitoring: {
        attributes: {
          enabled: boolean
        }
        blocks: None
      }
      network_interfaces: {
        attributes: {
          associate_carrier_ip_address: string
          associate_public_ip_address: string
          delete_on_termination: string
          description: string
          device_index: number
          interface_type: string
          ipv4_address_count: number
          ipv4_addresses: readonly string[]
          ipv4_prefix_count: number
          ipv4_prefixes: readonly string[]
          ipv6_address_count: number
          ipv6_addresses: readonly string[]
          ipv6_prefix_count: number
          ipv6_prefixes: readonly string[]
          network_card_index: number
          network_interface_id: string
          primary_ipv6: string
          private_ip_address: string
          security_groups: readonly string[]
          subnet_id: string
        }
        blocks: {
          connection_tracking_specification: {
            attributes: {
              tcp_established_timeout: number
              udp_stream_timeout: number
              udp_timeout: number
            }
            blocks: None
          }
        }
      }
      placement: {
        attributes: {
          affinity: string
          availability_zone: string
          group_id: string
          group_name: string
          host_id: string
          host_resource_group_arn: string
          partition_number: number
          spread_domain: string
          tenancy: string
        }
        blocks: None
      }
      private_dns_name_options: {
        attributes: {
          enable_resource_name_dns_a_record: boolean
          enable_resource_name_dns_aaaa_record: boolean
          hostname_type: string
        }
        blocks: None
      }
      tag_specifications: {
        attributes: {
          resource_type: string
          tags: { readonly [key: string]: string }
        }
        blocks: None
      }
    }
  }
  'data.aws_organizations_organization': {
    attributes: {
      arn: string
      aws_service_access_principals: readonly string[]
      enabled_policy_types: readonly string[]
      feature_set: string
      id: string
      master_account_arn: string
      master_account_email: string
      master_account_id: string
      master_account_name: string
    }
    blocks: {
      accounts: {
        attributes: {
          arn: string
          email: string
          id: string
          joined_method: string
          joined_timestamp: string
          name: string
          state: string
          status: string
        }
        blocks: None
      }
      non_master_accounts: {
        attributes: {
          arn: string
          email: string
          id: string
          joined_method: string
          joined_timestamp: string
          name: string
          state: string
          status: string
        }
        blocks: None
      }
      roots: {
        attributes: {
          arn: string
          id: string
          name: string
        }
        blocks: {
          policy_types: {
            attributes: {
              status: string
              type: string
            }
            blocks: None
          }
        }
      }
    }
  }
  'data.aws_partition': {
    attributes: {
      dns_suffix: string
      id: string
      partition: string
      reverse_dns_prefix: string
    }
    blocks: None
  }
  'data.aws_region': {
    attributes: {
      description: string
      endpoint: string
      id: string
      name: string
      region: string
    }
    blocks: None
  }
  'data.aws_ssm_parameter': {
    attributes: {
      arn: string
      id: string
      insecure_value: string
      name: string
      region: string
      type: string
      value: string
      version: number
      with_decryption: boolean
    }
    blocks: None
  }
}

/** Those that the policies name, by mode: the others of a plan are not even looked at. */
export const RESOURCE_TYPES = {
  managed: {
    aws_account_region: true,
    aws_ami: true,
    aws_ami_copy: true,
    aws_ami_from_instance: true,
    aws_ami_launch_permission: true,
    aws_autoscaling_group: true,
    aws_batch_compute_environment: true,
    aws_cloudwatch_composite_alarm: true,
    aws_cloudwatch_log_metric_filter: true,
    aws_cloudwatch_metric_alarm: true,
    aws_dlm_lifecycle_policy: true,
    aws_ebs_default_kms_key: true,
    aws_ebs_encryption_by_default: true,
    aws_ebs_snapshot: true,
    aws_ebs_snapshot_copy: true,
    aws_ebs_volume: true,
    aws_ec2_fleet: true,
    aws_eks_node_group: true,
    aws_iam_group: true,
    aws_iam_group_membership: true,
    aws_iam_group_policy: true,
    aws_iam_group_policy_attachment: true,
    aws_iam_instance_profile: true,
    aws_iam_policy: true,
    aws_iam_policy_attachment: true,
    aws_iam_role: true,
    aws_iam_role_policy: true,
    aws_iam_role_policy_attachment: true,
    aws_iam_service_linked_role: true,
    aws_iam_user: true,
    aws_iam_user_group_membership: true,
    aws_iam_user_policy: true,
    aws_iam_user_policy_attachment: true,
    aws_imagebuilder_container_recipe: true,
    aws_imagebuilder_distribution_configuration: true,
    aws_imagebuilder_image: true,
    aws_imagebuilder_image_pipeline: true,
    aws_imagebuilder_image_recipe: true,
    aws_imagebuilder_infrastructure_configuration: true,
    aws_imagebuilder_lifecycle_policy: true,
    aws_instance: true,
    aws_kms_alias: true,
    aws_kms_external_key: true,
    aws_kms_grant: true,
    aws_kms_key: true,
    aws_kms_key_policy: true,
    aws_kms_replica_external_key: true,
    aws_kms_replica_key: true,
    aws_launch_configuration: true,
    aws_launch_template: true,
    aws_snapshot_create_volume_permission: true,
    aws_sns_topic: true,
    aws_spot_fleet_request: true,
    aws_spot_instance_request: true,
  },
  data: {
    aws_ami: true,
    aws_caller_identity: true,
    aws_ebs_default_kms_key: true,
    aws_ebs_encryption_by_default: true,
    aws_ebs_snapshot: true,
    aws_iam_policy_document: true,
    aws_iam_role: true,
    aws_kms_alias: true,
    aws_kms_key: true,
    aws_region: true,
  },
}

type None = Record<never, never>
