# What a program with boto3 does with KMS, at the address that it is given: prints one JSON of what it saw.
import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

url = sys.argv[1]
config = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=10)
kms = boto3.client("kms", endpoint_url=url, config=config)
sts = boto3.client("sts", endpoint_url=url, config=config)


def code_of(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


keys = [kms.create_key(Description=str(number))["KeyMetadata"]["KeyId"] for number in range(5)]
kms.create_alias(AliasName="alias/boto3", TargetKeyId=keys[0])
listed = [
    key["KeyId"]
    for page in kms.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2})
    for key in page["Keys"]
]
aliases = [
    alias["AliasName"]
    for page in kms.get_paginator("list_aliases").paginate(KeyId=keys[0])
    for alias in page["Aliases"]
]
context = {"tenant": "ä", "stage": "test"}
blob = kms.encrypt(KeyId="alias/boto3", Plaintext="grüße".encode(), EncryptionContext=context)["CiphertextBlob"]
opened = kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)
data_key = kms.generate_data_key(KeyId=keys[1], KeySpec="AES_256")
same = kms.decrypt(CiphertextBlob=data_key["CiphertextBlob"])["Plaintext"] == data_key["Plaintext"]
kms.tag_resource(KeyId=keys[2], Tags=[{"TagKey": "course", "TagValue": "kms"}])
kms.disable_key(KeyId=keys[3])
deleted = kms.schedule_key_deletion(KeyId=keys[4], PendingWindowInDays=7)
created = kms.describe_key(KeyId=keys[0])["KeyMetadata"]["CreationDate"]
print(
    json.dumps(
        {
            "all keys are listed": sorted(keys) == sorted(listed),
            "pages have them once": len(listed),
            "aliases": aliases,
            "waiters": kms.waiter_names,
            "plaintext": opened["Plaintext"].decode(),
            "algorithm": opened["EncryptionAlgorithm"],
            "data key": [same, len(data_key["Plaintext"])],
            "tags": kms.list_resource_tags(KeyId=keys[2])["Tags"],
            "deletion": [deleted["KeyState"], type(deleted["DeletionDate"]).__name__],
            "created": created.isoformat(),
            "caller": sts.get_caller_identity()["Arn"],
            "codes": {
                "another context": code_of(kms.decrypt, CiphertextBlob=blob),
                "no such key": code_of(kms.describe_key, KeyId="alias/none"),
                "disabled": code_of(kms.encrypt, KeyId=keys[3], Plaintext=b"x"),
                "pending deletion": code_of(kms.encrypt, KeyId=keys[4], Plaintext=b"x"),
                "taken": code_of(kms.create_alias, AliasName="alias/boto3", TargetKeyId=keys[1]),
                "too short a window": code_of(kms.schedule_key_deletion, KeyId=keys[0], PendingWindowInDays=6),
                "wrong secret": code_of(
                    boto3.client("kms", endpoint_url=url, config=config, aws_secret_access_key="guess",
                                 aws_access_key_id=os.environ["AWS_ACCESS_KEY_ID"]).list_keys
                ),
            },
        }
    )
)
