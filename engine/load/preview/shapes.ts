// Generated from @cdktf/provider-aws 21.22.1 by generator/emit/schema.ts; do not edit.

/** What a resource type or block has: by name its blocks, and those of its attributes that are no texts. */
export interface Shape {
  readonly [name: string]: Shape | 'number' | 'boolean' | 'list' | 'map'
}

/** The resource types that rules read; data sources as `data.…`. */
export const SHAPES: Shape = {
  aws_account_region: {
    enabled: 'boolean',
  },
  aws_ami: {
    ebs_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      throughput: 'number',
      volume_size: 'number',
    },
    ena_support: 'boolean',
    ephemeral_block_device: {},
    manage_ebs_snapshots: 'boolean',
    public: 'boolean',
    tags: 'map',
    tags_all: 'map',
  },
  aws_ami_copy: {
    ebs_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      throughput: 'number',
      volume_size: 'number',
    },
    ena_support: 'boolean',
    encrypted: 'boolean',
    ephemeral_block_device: {},
    manage_ebs_snapshots: 'boolean',
    public: 'boolean',
    tags: 'map',
    tags_all: 'map',
  },
  aws_ami_from_instance: {
    ebs_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      throughput: 'number',
      volume_size: 'number',
    },
    ena_support: 'boolean',
    ephemeral_block_device: {},
    manage_ebs_snapshots: 'boolean',
    public: 'boolean',
    snapshot_without_reboot: 'boolean',
    tags: 'map',
    tags_all: 'map',
  },
  aws_ami_launch_permission: {},
  aws_autoscaling_group: {
    availability_zone_distribution: {},
    availability_zones: 'list',
    capacity_rebalance: 'boolean',
    capacity_reservation_specification: {
      capacity_reservation_target: {
        capacity_reservation_ids: 'list',
        capacity_reservation_resource_group_arns: 'list',
      },
    },
    default_cooldown: 'number',
    default_instance_warmup: 'number',
    desired_capacity: 'number',
    enabled_metrics: 'list',
    force_delete: 'boolean',
    force_delete_warm_pool: 'boolean',
    health_check_grace_period: 'number',
    ignore_failed_scaling_activities: 'boolean',
    initial_lifecycle_hook: {
      heartbeat_timeout: 'number',
    },
    instance_maintenance_policy: {
      max_healthy_percentage: 'number',
      min_healthy_percentage: 'number',
    },
    instance_refresh: {
      preferences: {
        alarm_specification: {
          alarms: 'list',
        },
        auto_rollback: 'boolean',
        checkpoint_percentages: 'list',
        max_healthy_percentage: 'number',
        min_healthy_percentage: 'number',
        skip_matching: 'boolean',
      },
      triggers: 'list',
    },
    launch_template: {},
    load_balancers: 'list',
    max_instance_lifetime: 'number',
    max_size: 'number',
    min_elb_capacity: 'number',
    min_size: 'number',
    mixed_instances_policy: {
      instances_distribution: {
        on_demand_base_capacity: 'number',
        on_demand_percentage_above_base_capacity: 'number',
        spot_instance_pools: 'number',
      },
      launch_template: {
        launch_template_specification: {},
        override: {
          instance_requirements: {
            accelerator_count: {
              max: 'number',
              min: 'number',
            },
            accelerator_manufacturers: 'list',
            accelerator_names: 'list',
            accelerator_total_memory_mib: {
              max: 'number',
              min: 'number',
            },
            accelerator_types: 'list',
            allowed_instance_types: 'list',
            baseline_ebs_bandwidth_mbps: {
              max: 'number',
              min: 'number',
            },
            cpu_manufacturers: 'list',
            excluded_instance_types: 'list',
            instance_generations: 'list',
            local_storage_types: 'list',
            max_spot_price_as_percentage_of_optimal_on_demand_price: 'number',
            memory_gib_per_vcpu: {
              max: 'number',
              min: 'number',
            },
            memory_mib: {
              max: 'number',
              min: 'number',
            },
            network_bandwidth_gbps: {
              max: 'number',
              min: 'number',
            },
            network_interface_count: {
              max: 'number',
              min: 'number',
            },
            on_demand_max_price_percentage_over_lowest_price: 'number',
            require_hibernate_support: 'boolean',
            spot_max_price_percentage_over_lowest_price: 'number',
            total_local_storage_gb: {
              max: 'number',
              min: 'number',
            },
            vcpu_count: {
              max: 'number',
              min: 'number',
            },
          },
          launch_template_specification: {},
        },
      },
    },
    predicted_capacity: 'number',
    protect_from_scale_in: 'boolean',
    suspended_processes: 'list',
    tag: {
      propagate_at_launch: 'boolean',
    },
    target_group_arns: 'list',
    termination_policies: 'list',
    traffic_source: {},
    vpc_zone_identifier: 'list',
    wait_for_elb_capacity: 'number',
    warm_pool: {
      instance_reuse_policy: {
        reuse_on_scale_in: 'boolean',
      },
      max_group_prepared_capacity: 'number',
      min_size: 'number',
    },
    warm_pool_size: 'number',
  },
  aws_batch_compute_environment: {
    compute_resources: {
      bid_percentage: 'number',
      desired_vcpus: 'number',
      ec2_configuration: {},
      instance_type: 'list',
      launch_template: {},
      max_vcpus: 'number',
      min_vcpus: 'number',
      security_group_ids: 'list',
      subnets: 'list',
      tags: 'map',
    },
    eks_configuration: {},
    tags: 'map',
    tags_all: 'map',
    update_policy: {
      job_execution_timeout_minutes: 'number',
      terminate_jobs_on_update: 'boolean',
    },
  },
  aws_cloudwatch_composite_alarm: {
    actions_enabled: 'boolean',
    actions_suppressor: {
      extension_period: 'number',
      wait_period: 'number',
    },
    alarm_actions: 'list',
    insufficient_data_actions: 'list',
    ok_actions: 'list',
    tags: 'map',
    tags_all: 'map',
  },
  aws_cloudwatch_event_rule: {
    force_destroy: 'boolean',
    is_enabled: 'boolean',
    tags: 'map',
    tags_all: 'map',
  },
  aws_cloudwatch_log_metric_filter: {
    apply_on_transformed_logs: 'boolean',
    metric_transformation: {
      dimensions: 'map',
    },
  },
  aws_cloudwatch_metric_alarm: {
    actions_enabled: 'boolean',
    alarm_actions: 'list',
    datapoints_to_alarm: 'number',
    dimensions: 'map',
    evaluation_periods: 'number',
    insufficient_data_actions: 'list',
    metric_query: {
      metric: {
        dimensions: 'map',
        period: 'number',
      },
      period: 'number',
      return_data: 'boolean',
    },
    ok_actions: 'list',
    period: 'number',
    tags: 'map',
    tags_all: 'map',
    threshold: 'number',
  },
  aws_dlm_lifecycle_policy: {
    policy_details: {
      action: {
        cross_region_copy: {
          encryption_configuration: {
            encrypted: 'boolean',
          },
          retain_rule: {
            interval: 'number',
          },
        },
      },
      copy_tags: 'boolean',
      create_interval: 'number',
      event_source: {
        parameters: {
          snapshot_owner: 'list',
        },
      },
      exclusions: {
        exclude_boot_volumes: 'boolean',
        exclude_tags: 'map',
        exclude_volume_types: 'list',
      },
      extend_deletion: 'boolean',
      parameters: {
        exclude_boot_volume: 'boolean',
        no_reboot: 'boolean',
      },
      resource_locations: 'list',
      resource_types: 'list',
      retain_interval: 'number',
      schedule: {
        archive_rule: {
          archive_retain_rule: {
            retention_archive_tier: {
              count: 'number',
              interval: 'number',
            },
          },
        },
        copy_tags: 'boolean',
        create_rule: {
          interval: 'number',
          scripts: {
            execute_operation_on_script_failure: 'boolean',
            execution_timeout: 'number',
            maximum_retry_count: 'number',
            stages: 'list',
          },
          times: 'list',
        },
        cross_region_copy_rule: {
          copy_tags: 'boolean',
          deprecate_rule: {
            interval: 'number',
          },
          encrypted: 'boolean',
          retain_rule: {
            interval: 'number',
          },
        },
        deprecate_rule: {
          count: 'number',
          interval: 'number',
        },
        fast_restore_rule: {
          availability_zones: 'list',
          count: 'number',
          interval: 'number',
        },
        retain_rule: {
          count: 'number',
          interval: 'number',
        },
        share_rule: {
          target_accounts: 'list',
          unshare_interval: 'number',
        },
        tags_to_add: 'map',
        variable_tags: 'map',
      },
      target_tags: 'map',
    },
    tags: 'map',
    tags_all: 'map',
  },
  aws_ebs_default_kms_key: {},
  aws_ebs_encryption_by_default: {
    enabled: 'boolean',
  },
  aws_ebs_snapshot: {
    encrypted: 'boolean',
    permanent_restore: 'boolean',
    tags: 'map',
    tags_all: 'map',
    temporary_restore_days: 'number',
    volume_size: 'number',
  },
  aws_ebs_snapshot_copy: {
    completion_duration_minutes: 'number',
    encrypted: 'boolean',
    permanent_restore: 'boolean',
    tags: 'map',
    tags_all: 'map',
    temporary_restore_days: 'number',
    volume_size: 'number',
  },
  aws_ebs_volume: {
    encrypted: 'boolean',
    final_snapshot: 'boolean',
    iops: 'number',
    multi_attach_enabled: 'boolean',
    size: 'number',
    tags: 'map',
    tags_all: 'map',
    throughput: 'number',
    volume_initialization_rate: 'number',
  },
  aws_ec2_fleet: {
    fleet_instance_set: {
      instance_ids: 'list',
    },
    fulfilled_capacity: 'number',
    fulfilled_on_demand_capacity: 'number',
    launch_template_config: {
      launch_template_specification: {},
      override: {
        instance_requirements: {
          accelerator_count: {
            max: 'number',
            min: 'number',
          },
          accelerator_manufacturers: 'list',
          accelerator_names: 'list',
          accelerator_total_memory_mib: {
            max: 'number',
            min: 'number',
          },
          accelerator_types: 'list',
          allowed_instance_types: 'list',
          baseline_ebs_bandwidth_mbps: {
            max: 'number',
            min: 'number',
          },
          cpu_manufacturers: 'list',
          excluded_instance_types: 'list',
          instance_generations: 'list',
          local_storage_types: 'list',
          max_spot_price_as_percentage_of_optimal_on_demand_price: 'number',
          memory_gib_per_vcpu: {
            max: 'number',
            min: 'number',
          },
          memory_mib: {
            max: 'number',
            min: 'number',
          },
          network_bandwidth_gbps: {
            max: 'number',
            min: 'number',
          },
          network_interface_count: {
            max: 'number',
            min: 'number',
          },
          on_demand_max_price_percentage_over_lowest_price: 'number',
          require_hibernate_support: 'boolean',
          spot_max_price_percentage_over_lowest_price: 'number',
          total_local_storage_gb: {
            max: 'number',
            min: 'number',
          },
          vcpu_count: {
            max: 'number',
            min: 'number',
          },
        },
        priority: 'number',
        weighted_capacity: 'number',
      },
    },
    on_demand_options: {
      capacity_reservation_options: {},
      min_target_capacity: 'number',
      single_availability_zone: 'boolean',
      single_instance_type: 'boolean',
    },
    replace_unhealthy_instances: 'boolean',
    spot_options: {
      instance_pools_to_use_count: 'number',
      maintenance_strategies: {
        capacity_rebalance: {
          termination_delay: 'number',
        },
      },
      min_target_capacity: 'number',
      single_availability_zone: 'boolean',
      single_instance_type: 'boolean',
    },
    tags: 'map',
    tags_all: 'map',
    target_capacity_specification: {
      on_demand_target_capacity: 'number',
      spot_target_capacity: 'number',
      total_target_capacity: 'number',
    },
    terminate_instances: 'boolean',
    terminate_instances_with_expiration: 'boolean',
  },
  aws_ec2_image_block_public_access: {},
  aws_eks_node_group: {
    disk_size: 'number',
    force_update_version: 'boolean',
    instance_types: 'list',
    labels: 'map',
    launch_template: {},
    node_repair_config: {
      enabled: 'boolean',
      max_parallel_nodes_repaired_count: 'number',
      max_parallel_nodes_repaired_percentage: 'number',
      max_unhealthy_node_threshold_count: 'number',
      max_unhealthy_node_threshold_percentage: 'number',
      node_repair_config_overrides: {
        min_repair_wait_time_mins: 'number',
      },
    },
    remote_access: {
      source_security_group_ids: 'list',
    },
    resources: {
      autoscaling_groups: {},
    },
    scaling_config: {
      desired_size: 'number',
      max_size: 'number',
      min_size: 'number',
    },
    subnet_ids: 'list',
    tags: 'map',
    tags_all: 'map',
    taint: {},
    update_config: {
      max_unavailable: 'number',
      max_unavailable_percentage: 'number',
    },
  },
  aws_iam_group: {},
  aws_iam_group_membership: {
    users: 'list',
  },
  aws_iam_group_policy: {},
  aws_iam_group_policy_attachment: {},
  aws_iam_instance_profile: {
    tags: 'map',
    tags_all: 'map',
  },
  aws_iam_policy: {
    attachment_count: 'number',
    tags: 'map',
    tags_all: 'map',
  },
  aws_iam_policy_attachment: {
    groups: 'list',
    roles: 'list',
    users: 'list',
  },
  aws_iam_role: {
    force_detach_policies: 'boolean',
    inline_policy: {},
    managed_policy_arns: 'list',
    max_session_duration: 'number',
    tags: 'map',
    tags_all: 'map',
  },
  aws_iam_role_policies_exclusive: {
    policy_names: 'list',
  },
  aws_iam_role_policy: {},
  aws_iam_role_policy_attachment: {},
  aws_iam_role_policy_attachments_exclusive: {
    policy_arns: 'list',
  },
  aws_iam_service_linked_role: {
    tags: 'map',
    tags_all: 'map',
  },
  aws_iam_user: {
    force_destroy: 'boolean',
    tags: 'map',
    tags_all: 'map',
  },
  aws_iam_user_group_membership: {
    groups: 'list',
  },
  aws_iam_user_policy: {},
  aws_iam_user_policy_attachment: {},
  aws_imagebuilder_component: {
    encrypted: 'boolean',
    skip_destroy: 'boolean',
    supported_os_versions: 'list',
    tags: 'map',
    tags_all: 'map',
  },
  aws_imagebuilder_container_recipe: {
    component: {
      parameter: {},
    },
    encrypted: 'boolean',
    instance_configuration: {
      block_device_mapping: {
        ebs: {
          iops: 'number',
          throughput: 'number',
          volume_size: 'number',
        },
        no_device: 'boolean',
      },
    },
    tags: 'map',
    tags_all: 'map',
    target_repository: {},
  },
  aws_imagebuilder_distribution_configuration: {
    distribution: {
      ami_distribution_configuration: {
        ami_tags: 'map',
        launch_permission: {
          organization_arns: 'list',
          organizational_unit_arns: 'list',
          user_groups: 'list',
          user_ids: 'list',
        },
        target_account_ids: 'list',
      },
      container_distribution_configuration: {
        container_tags: 'list',
        target_repository: {},
      },
      fast_launch_configuration: {
        enabled: 'boolean',
        launch_template: {},
        max_parallel_launches: 'number',
        snapshot_configuration: {
          target_resource_count: 'number',
        },
      },
      launch_template_configuration: {
        default: 'boolean',
      },
      license_configuration_arns: 'list',
      s3_export_configuration: {},
      ssm_parameter_configuration: {},
    },
    tags: 'map',
    tags_all: 'map',
  },
  aws_imagebuilder_image: {
    enhanced_image_metadata_enabled: 'boolean',
    image_scanning_configuration: {
      ecr_configuration: {
        container_tags: 'list',
      },
      image_scanning_enabled: 'boolean',
    },
    image_tests_configuration: {
      image_tests_enabled: 'boolean',
      timeout_minutes: 'number',
    },
    output_resources: {
      amis: {},
      containers: {
        image_uris: 'list',
      },
    },
    tags: 'map',
    tags_all: 'map',
    workflow: {
      parameter: {},
    },
  },
  aws_imagebuilder_image_pipeline: {
    enhanced_image_metadata_enabled: 'boolean',
    image_scanning_configuration: {
      ecr_configuration: {
        container_tags: 'list',
      },
      image_scanning_enabled: 'boolean',
    },
    image_tests_configuration: {
      image_tests_enabled: 'boolean',
      timeout_minutes: 'number',
    },
    schedule: {},
    tags: 'map',
    tags_all: 'map',
    workflow: {
      parameter: {},
    },
  },
  aws_imagebuilder_image_recipe: {
    ami_tags: 'map',
    block_device_mapping: {
      ebs: {
        iops: 'number',
        throughput: 'number',
        volume_size: 'number',
      },
      no_device: 'boolean',
    },
    component: {
      parameter: {},
    },
    systems_manager_agent: {
      uninstall_after_build: 'boolean',
    },
    tags: 'map',
    tags_all: 'map',
  },
  aws_imagebuilder_infrastructure_configuration: {
    instance_metadata_options: {
      http_put_response_hop_limit: 'number',
    },
    instance_types: 'list',
    logging: {
      s3_logs: {},
    },
    placement: {},
    resource_tags: 'map',
    security_group_ids: 'list',
    tags: 'map',
    tags_all: 'map',
    terminate_instance_on_failure: 'boolean',
  },
  aws_imagebuilder_lifecycle_policy: {
    policy_detail: {
      action: {
        include_resources: {
          amis: 'boolean',
          containers: 'boolean',
          snapshots: 'boolean',
        },
      },
      exclusion_rules: {
        amis: {
          is_public: 'boolean',
          last_launched: {
            value: 'number',
          },
          regions: 'list',
          shared_accounts: 'list',
          tag_map: 'map',
        },
        tag_map: 'map',
      },
      filter: {
        retain_at_least: 'number',
        value: 'number',
      },
    },
    resource_selection: {
      recipe: {},
      tag_map: 'map',
    },
    tags: 'map',
    tags_all: 'map',
  },
  aws_instance: {
    associate_public_ip_address: 'boolean',
    capacity_reservation_specification: {
      capacity_reservation_target: {},
    },
    cpu_options: {
      core_count: 'number',
      threads_per_core: 'number',
    },
    credit_specification: {},
    disable_api_stop: 'boolean',
    disable_api_termination: 'boolean',
    ebs_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      tags: 'map',
      tags_all: 'map',
      throughput: 'number',
      volume_size: 'number',
    },
    ebs_optimized: 'boolean',
    enable_primary_ipv6: 'boolean',
    enclave_options: {
      enabled: 'boolean',
    },
    ephemeral_block_device: {
      no_device: 'boolean',
    },
    force_destroy: 'boolean',
    get_password_data: 'boolean',
    hibernation: 'boolean',
    instance_market_options: {
      spot_options: {},
    },
    ipv6_address_count: 'number',
    ipv6_addresses: 'list',
    launch_template: {},
    maintenance_options: {},
    metadata_options: {
      http_put_response_hop_limit: 'number',
    },
    monitoring: 'boolean',
    network_interface: {
      delete_on_termination: 'boolean',
      device_index: 'number',
      network_card_index: 'number',
    },
    placement_partition_number: 'number',
    primary_network_interface: {
      delete_on_termination: 'boolean',
    },
    private_dns_name_options: {
      enable_resource_name_dns_a_record: 'boolean',
      enable_resource_name_dns_aaaa_record: 'boolean',
    },
    root_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      tags: 'map',
      tags_all: 'map',
      throughput: 'number',
      volume_size: 'number',
    },
    secondary_private_ips: 'list',
    security_groups: 'list',
    source_dest_check: 'boolean',
    tags: 'map',
    tags_all: 'map',
    user_data_replace_on_change: 'boolean',
    volume_tags: 'map',
    vpc_security_group_ids: 'list',
  },
  aws_kms_alias: {},
  aws_kms_external_key: {
    bypass_policy_lockout_safety_check: 'boolean',
    deletion_window_in_days: 'number',
    enabled: 'boolean',
    multi_region: 'boolean',
    tags: 'map',
    tags_all: 'map',
  },
  aws_kms_grant: {
    constraints: {
      encryption_context_equals: 'map',
      encryption_context_subset: 'map',
    },
    grant_creation_tokens: 'list',
    operations: 'list',
    retire_on_delete: 'boolean',
  },
  aws_kms_key: {
    bypass_policy_lockout_safety_check: 'boolean',
    deletion_window_in_days: 'number',
    enable_key_rotation: 'boolean',
    is_enabled: 'boolean',
    multi_region: 'boolean',
    rotation_period_in_days: 'number',
    tags: 'map',
    tags_all: 'map',
  },
  aws_kms_key_policy: {
    bypass_policy_lockout_safety_check: 'boolean',
  },
  aws_kms_replica_external_key: {
    bypass_policy_lockout_safety_check: 'boolean',
    deletion_window_in_days: 'number',
    enabled: 'boolean',
    tags: 'map',
    tags_all: 'map',
  },
  aws_kms_replica_key: {
    bypass_policy_lockout_safety_check: 'boolean',
    deletion_window_in_days: 'number',
    enabled: 'boolean',
    key_rotation_enabled: 'boolean',
    tags: 'map',
    tags_all: 'map',
  },
  aws_launch_configuration: {
    associate_public_ip_address: 'boolean',
    ebs_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      no_device: 'boolean',
      throughput: 'number',
      volume_size: 'number',
    },
    ebs_optimized: 'boolean',
    enable_monitoring: 'boolean',
    ephemeral_block_device: {
      no_device: 'boolean',
    },
    metadata_options: {
      http_put_response_hop_limit: 'number',
    },
    root_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      throughput: 'number',
      volume_size: 'number',
    },
    security_groups: 'list',
  },
  aws_launch_template: {
    block_device_mappings: {
      ebs: {
        iops: 'number',
        throughput: 'number',
        volume_initialization_rate: 'number',
        volume_size: 'number',
      },
    },
    capacity_reservation_specification: {
      capacity_reservation_target: {},
    },
    cpu_options: {
      core_count: 'number',
      threads_per_core: 'number',
    },
    credit_specification: {},
    default_version: 'number',
    disable_api_stop: 'boolean',
    disable_api_termination: 'boolean',
    enclave_options: {
      enabled: 'boolean',
    },
    hibernation_options: {
      configured: 'boolean',
    },
    iam_instance_profile: {},
    instance_market_options: {
      spot_options: {
        block_duration_minutes: 'number',
      },
    },
    instance_requirements: {
      accelerator_count: {
        max: 'number',
        min: 'number',
      },
      accelerator_manufacturers: 'list',
      accelerator_names: 'list',
      accelerator_total_memory_mib: {
        max: 'number',
        min: 'number',
      },
      accelerator_types: 'list',
      allowed_instance_types: 'list',
      baseline_ebs_bandwidth_mbps: {
        max: 'number',
        min: 'number',
      },
      cpu_manufacturers: 'list',
      excluded_instance_types: 'list',
      instance_generations: 'list',
      local_storage_types: 'list',
      max_spot_price_as_percentage_of_optimal_on_demand_price: 'number',
      memory_gib_per_vcpu: {
        max: 'number',
        min: 'number',
      },
      memory_mib: {
        max: 'number',
        min: 'number',
      },
      network_bandwidth_gbps: {
        max: 'number',
        min: 'number',
      },
      network_interface_count: {
        max: 'number',
        min: 'number',
      },
      on_demand_max_price_percentage_over_lowest_price: 'number',
      require_hibernate_support: 'boolean',
      spot_max_price_percentage_over_lowest_price: 'number',
      total_local_storage_gb: {
        max: 'number',
        min: 'number',
      },
      vcpu_count: {
        max: 'number',
        min: 'number',
      },
    },
    latest_version: 'number',
    license_specification: {},
    maintenance_options: {},
    metadata_options: {
      http_put_response_hop_limit: 'number',
    },
    monitoring: {
      enabled: 'boolean',
    },
    network_interfaces: {
      connection_tracking_specification: {
        tcp_established_timeout: 'number',
        udp_stream_timeout: 'number',
        udp_timeout: 'number',
      },
      device_index: 'number',
      ena_srd_specification: {
        ena_srd_enabled: 'boolean',
        ena_srd_udp_specification: {
          ena_srd_udp_enabled: 'boolean',
        },
      },
      ipv4_address_count: 'number',
      ipv4_addresses: 'list',
      ipv4_prefix_count: 'number',
      ipv4_prefixes: 'list',
      ipv6_address_count: 'number',
      ipv6_addresses: 'list',
      ipv6_prefix_count: 'number',
      ipv6_prefixes: 'list',
      network_card_index: 'number',
      security_groups: 'list',
    },
    placement: {
      partition_number: 'number',
    },
    private_dns_name_options: {
      enable_resource_name_dns_a_record: 'boolean',
      enable_resource_name_dns_aaaa_record: 'boolean',
    },
    security_group_names: 'list',
    tag_specifications: {
      tags: 'map',
    },
    tags: 'map',
    tags_all: 'map',
    update_default_version: 'boolean',
    vpc_security_group_ids: 'list',
  },
  aws_snapshot_create_volume_permission: {},
  aws_sns_topic: {
    application_success_feedback_sample_rate: 'number',
    content_based_deduplication: 'boolean',
    fifo_topic: 'boolean',
    firehose_success_feedback_sample_rate: 'number',
    http_success_feedback_sample_rate: 'number',
    lambda_success_feedback_sample_rate: 'number',
    signature_version: 'number',
    sqs_success_feedback_sample_rate: 'number',
    tags: 'map',
    tags_all: 'map',
  },
  aws_spot_fleet_request: {
    instance_pools_to_use_count: 'number',
    launch_specification: {
      associate_public_ip_address: 'boolean',
      ebs_block_device: {
        delete_on_termination: 'boolean',
        encrypted: 'boolean',
        iops: 'number',
        throughput: 'number',
        volume_size: 'number',
      },
      ebs_optimized: 'boolean',
      ephemeral_block_device: {},
      monitoring: 'boolean',
      root_block_device: {
        delete_on_termination: 'boolean',
        encrypted: 'boolean',
        iops: 'number',
        throughput: 'number',
        volume_size: 'number',
      },
      tags: 'map',
      vpc_security_group_ids: 'list',
    },
    launch_template_config: {
      launch_template_specification: {},
      overrides: {
        instance_requirements: {
          accelerator_count: {
            max: 'number',
            min: 'number',
          },
          accelerator_manufacturers: 'list',
          accelerator_names: 'list',
          accelerator_total_memory_mib: {
            max: 'number',
            min: 'number',
          },
          accelerator_types: 'list',
          allowed_instance_types: 'list',
          baseline_ebs_bandwidth_mbps: {
            max: 'number',
            min: 'number',
          },
          cpu_manufacturers: 'list',
          excluded_instance_types: 'list',
          instance_generations: 'list',
          local_storage_types: 'list',
          memory_gib_per_vcpu: {
            max: 'number',
            min: 'number',
          },
          memory_mib: {
            max: 'number',
            min: 'number',
          },
          network_bandwidth_gbps: {
            max: 'number',
            min: 'number',
          },
          network_interface_count: {
            max: 'number',
            min: 'number',
          },
          on_demand_max_price_percentage_over_lowest_price: 'number',
          require_hibernate_support: 'boolean',
          spot_max_price_percentage_over_lowest_price: 'number',
          total_local_storage_gb: {
            max: 'number',
            min: 'number',
          },
          vcpu_count: {
            max: 'number',
            min: 'number',
          },
        },
        priority: 'number',
        weighted_capacity: 'number',
      },
    },
    load_balancers: 'list',
    on_demand_target_capacity: 'number',
    replace_unhealthy_instances: 'boolean',
    spot_maintenance_strategies: {
      capacity_rebalance: {},
    },
    tags: 'map',
    tags_all: 'map',
    target_capacity: 'number',
    target_group_arns: 'list',
    terminate_instances_with_expiration: 'boolean',
    wait_for_fulfillment: 'boolean',
  },
  aws_spot_instance_request: {
    associate_public_ip_address: 'boolean',
    capacity_reservation_specification: {
      capacity_reservation_target: {},
    },
    cpu_options: {
      core_count: 'number',
      threads_per_core: 'number',
    },
    credit_specification: {},
    disable_api_stop: 'boolean',
    disable_api_termination: 'boolean',
    ebs_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      tags: 'map',
      tags_all: 'map',
      throughput: 'number',
      volume_size: 'number',
    },
    ebs_optimized: 'boolean',
    enable_primary_ipv6: 'boolean',
    enclave_options: {
      enabled: 'boolean',
    },
    ephemeral_block_device: {
      no_device: 'boolean',
    },
    force_destroy: 'boolean',
    get_password_data: 'boolean',
    hibernation: 'boolean',
    ipv6_address_count: 'number',
    ipv6_addresses: 'list',
    launch_template: {},
    maintenance_options: {},
    metadata_options: {
      http_put_response_hop_limit: 'number',
    },
    monitoring: 'boolean',
    network_interface: {
      delete_on_termination: 'boolean',
      device_index: 'number',
      network_card_index: 'number',
    },
    placement_partition_number: 'number',
    primary_network_interface: {
      delete_on_termination: 'boolean',
    },
    private_dns_name_options: {
      enable_resource_name_dns_a_record: 'boolean',
      enable_resource_name_dns_aaaa_record: 'boolean',
    },
    root_block_device: {
      delete_on_termination: 'boolean',
      encrypted: 'boolean',
      iops: 'number',
      tags: 'map',
      tags_all: 'map',
      throughput: 'number',
      volume_size: 'number',
    },
    secondary_private_ips: 'list',
    security_groups: 'list',
    source_dest_check: 'boolean',
    tags: 'map',
    tags_all: 'map',
    user_data_replace_on_change: 'boolean',
    volume_tags: 'map',
    vpc_security_group_ids: 'list',
    wait_for_fulfillment: 'boolean',
  },
  'data.aws_ami': {
    allow_unsafe_filter: 'boolean',
    block_device_mappings: {
      ebs: 'map',
    },
    ena_support: 'boolean',
    executable_users: 'list',
    filter: {
      values: 'list',
    },
    include_deprecated: 'boolean',
    most_recent: 'boolean',
    owners: 'list',
    product_codes: {},
    public: 'boolean',
    state_reason: 'map',
    tags: 'map',
  },
  'data.aws_caller_identity': {},
  'data.aws_ebs_default_kms_key': {},
  'data.aws_ebs_encryption_by_default': {
    enabled: 'boolean',
  },
  'data.aws_ebs_snapshot': {
    encrypted: 'boolean',
    filter: {
      values: 'list',
    },
    most_recent: 'boolean',
    owners: 'list',
    restorable_by_user_ids: 'list',
    snapshot_ids: 'list',
    tags: 'map',
    volume_size: 'number',
  },
  'data.aws_iam_policy': {
    attachment_count: 'number',
    tags: 'map',
  },
  'data.aws_iam_policy_document': {
    override_policy_documents: 'list',
    source_policy_documents: 'list',
    statement: {
      actions: 'list',
      condition: {
        values: 'list',
      },
      not_actions: 'list',
      not_principals: {
        identifiers: 'list',
      },
      not_resources: 'list',
      principals: {
        identifiers: 'list',
      },
      resources: 'list',
    },
  },
  'data.aws_iam_role': {
    max_session_duration: 'number',
    role_last_used: {},
    tags: 'map',
  },
  'data.aws_kms_alias': {},
  'data.aws_kms_key': {
    enabled: 'boolean',
    grant_tokens: 'list',
    multi_region: 'boolean',
    multi_region_configuration: {
      primary_key: {},
      replica_keys: {},
    },
    pending_deletion_window_in_days: 'number',
    xks_key_configuration: {},
  },
  'data.aws_launch_template': {
    block_device_mappings: {
      ebs: {
        iops: 'number',
        throughput: 'number',
        volume_initialization_rate: 'number',
        volume_size: 'number',
      },
    },
    capacity_reservation_specification: {
      capacity_reservation_target: {},
    },
    cpu_options: {
      core_count: 'number',
      threads_per_core: 'number',
    },
    credit_specification: {},
    default_version: 'number',
    disable_api_stop: 'boolean',
    disable_api_termination: 'boolean',
    enclave_options: {
      enabled: 'boolean',
    },
    filter: {
      values: 'list',
    },
    hibernation_options: {
      configured: 'boolean',
    },
    iam_instance_profile: {},
    instance_market_options: {
      spot_options: {
        block_duration_minutes: 'number',
      },
    },
    instance_requirements: {
      accelerator_count: {
        max: 'number',
        min: 'number',
      },
      accelerator_manufacturers: 'list',
      accelerator_names: 'list',
      accelerator_total_memory_mib: {
        max: 'number',
        min: 'number',
      },
      accelerator_types: 'list',
      allowed_instance_types: 'list',
      baseline_ebs_bandwidth_mbps: {
        max: 'number',
        min: 'number',
      },
      cpu_manufacturers: 'list',
      excluded_instance_types: 'list',
      instance_generations: 'list',
      local_storage_types: 'list',
      max_spot_price_as_percentage_of_optimal_on_demand_price: 'number',
      memory_gib_per_vcpu: {
        max: 'number',
        min: 'number',
      },
      memory_mib: {
        max: 'number',
        min: 'number',
      },
      network_bandwidth_gbps: {
        max: 'number',
        min: 'number',
      },
      network_interface_count: {
        max: 'number',
        min: 'number',
      },
      on_demand_max_price_percentage_over_lowest_price: 'number',
      require_hibernate_support: 'boolean',
      spot_max_price_percentage_over_lowest_price: 'number',
      total_local_storage_gb: {
        max: 'number',
        min: 'number',
      },
      vcpu_count: {
        max: 'number',
        min: 'number',
      },
    },
    latest_version: 'number',
    license_specification: {},
    maintenance_options: {},
    metadata_options: {
      http_put_response_hop_limit: 'number',
    },
    monitoring: {
      enabled: 'boolean',
    },
    network_interfaces: {
      connection_tracking_specification: {
        tcp_established_timeout: 'number',
        udp_stream_timeout: 'number',
        udp_timeout: 'number',
      },
      device_index: 'number',
      ipv4_address_count: 'number',
      ipv4_addresses: 'list',
      ipv4_prefix_count: 'number',
      ipv4_prefixes: 'list',
      ipv6_address_count: 'number',
      ipv6_addresses: 'list',
      ipv6_prefix_count: 'number',
      ipv6_prefixes: 'list',
      network_card_index: 'number',
      security_groups: 'list',
    },
    placement: {
      partition_number: 'number',
    },
    private_dns_name_options: {
      enable_resource_name_dns_a_record: 'boolean',
      enable_resource_name_dns_aaaa_record: 'boolean',
    },
    security_group_names: 'list',
    tag_specifications: {
      tags: 'map',
    },
    tags: 'map',
    vpc_security_group_ids: 'list',
  },
  'data.aws_organizations_organization': {
    accounts: {},
    aws_service_access_principals: 'list',
    enabled_policy_types: 'list',
    non_master_accounts: {},
    roots: {
      policy_types: {},
    },
  },
  'data.aws_partition': {},
  'data.aws_region': {},
  'data.aws_ssm_parameter': {
    version: 'number',
    with_decryption: 'boolean',
  },
}
