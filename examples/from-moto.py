# What moto's decorator did is done by a server: `npx kmsim serve` prints the variables, and boto3 reads them.
import boto3

kms = boto3.client("kms")
key = kms.create_key()["KeyMetadata"]["KeyId"]
context = {"tenant": "acme"}
sealed = kms.encrypt(KeyId=key, Plaintext=b"4711", EncryptionContext=context)["CiphertextBlob"]

assert kms.decrypt(CiphertextBlob=sealed, EncryptionContext=context)["Plaintext"] == b"4711"
try:
    kms.decrypt(CiphertextBlob=sealed, EncryptionContext={"tenant": "umbrella"})
except kms.exceptions.InvalidCiphertextException as refused:
    print("refused:", refused.response["Error"]["Code"])
